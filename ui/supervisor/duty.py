"""Today, for the supervisor."""

from ui.page import Page


class DutyPage(Page):
    name = "值班"
    icon = "duty"
    place_name = "duty"
