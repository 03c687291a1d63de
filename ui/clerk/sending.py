"""What is on its way to the platform."""

from ui.page import Page


class SendingPage(Page):
    name = "同步"
    icon = "sending"
    place_name = "sending"
