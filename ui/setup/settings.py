"""The settings of this window."""

from ui.page import Page


class SettingsPage(Page):
    name = "设置"
    icon = "setup"
    place_name = "setup"
