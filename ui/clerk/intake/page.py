"""The intake page."""

from ui.page import Page


class IntakePage(Page):
    name = "受理"
    icon = "intake"
    place_name = "intake"
