"""The cases of this window."""

from ui.page import Page


class CasesPage(Page):
    name = "办件"
    icon = "cases"
    place_name = "cases"
