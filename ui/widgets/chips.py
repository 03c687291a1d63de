"""Small words on a coloured ground: a state is always shape, word and colour, never colour alone."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.theme.style import set_look


class Tone(StrEnum):
    """What a state means to whoever looks: its shape goes before its word."""

    PLAIN = ""
    BRAND = "brand"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


SHAPES = {Tone.PLAIN: "", Tone.BRAND: "●", Tone.GOOD: "✓", Tone.WARN: "◐", Tone.BAD: "▲"}


class Chip(QLabel):
    """A word with its tone; empty it is not there."""

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, *, kind: str = "chip") -> None:
        super().__init__()
        self._kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.say(text, tone)

    def say(self, text: str, tone: Tone = Tone.PLAIN, *, shape: bool = False) -> None:
        """Show `text` in that tone, its shape before it if asked."""
        self.setText(shaped(text, tone) if shape else text)
        self.setAccessibleName(text)
        set_look(self, toned(self._kind, tone))
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        else:  # it appears with whatever it is put into; shown now it would be a window of its own
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)


def shaped(text: str, tone: Tone) -> str:
    """The words with the tone's shape before them."""
    return f"{SHAPES[tone]} {text}".lstrip()


def toned(kind: str, tone: Tone) -> str:
    """The look of a chip or pill in that tone."""
    return f"{kind}-{tone.value}" if tone.value else kind
