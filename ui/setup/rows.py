"""Lines of a set-up page: a name, a field, and beneath it what is wrong with it or what came of trying it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtWidgets import QGridLayout, QWidget

from client.errors import DeskError
from client.lanes import Lane
from client.text import sentences, tr
from ui.door import Trials
from ui.setup.fields import Address, Serials
from ui.tasks import Tasks
from ui.theme.style import set_look, set_mark
from ui.widgets.chips import SHAPES, Tone
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

SetupField: TypeAlias = TextField | Choice | Address | Serials

NAME_WIDTH = 96
_LOOKS = {Tone.PLAIN: "small", Tone.GOOD: "good", Tone.WARN: "warn", Tone.BAD: "bad", Tone.BRAND: "small"}


class FieldRow(QWidget):
    """`say` writes beneath the field; what was said goes when the field is edited."""

    def __init__(self, name: str, field: SetupField) -> None:
        super().__init__()
        self.name = name
        self.field = field
        self._verdict = words("", "small", wrap=True, selectable=True)
        self._verdict.hide()
        label = words(name, "quiet", wrap=True)
        label.setFixedWidth(NAME_WIDTH)
        label.setBuddy(field)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(field, 0, 1, 1, 2)
        grid.addWidget(self._verdict, 1, 1, 1, 2)
        field.edited.connect(self.say)

    @property
    def said(self) -> str:
        """What stands beneath the field; "" when nothing does."""
        return "" if self._verdict.isHidden() else self._verdict.text()

    def value(self) -> str:
        """What stands in the field, without blanks around it."""
        return self.field.value().strip()

    def say(self, text: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Shape and words of that tone, in its colour; "" takes them away."""
        told = f"{SHAPES[tone]} {text}".strip()
        self._verdict.setText(told)
        self._verdict.setVisible(bool(text))
        self.field.setAccessibleDescription(told)
        set_look(self._verdict, _LOOKS[tone])
        for marked in self.field.ends if isinstance(self.field, Serials) else [self.field]:
            set_mark(marked, "wrong", on=tone is Tone.BAD)

    def fail(self, error: DeskError) -> None:
        """An error in its own words."""
        self.say(sentences((error.title, error.advice)), Tone.BAD)


@dataclass(frozen=True)
class Trying:
    """How the rows of a page try things: each on its lane, where `give_way` first ends our own hold on the device."""

    trials: Trials
    tasks: Tasks
    lane: Callable[[str], Lane]  # by name of the lamp: reader, scanner, printer, platform
    key: str
    give_way: Callable[[str], object] = lambda _name: None


class TrialRow(FieldRow):
    """A field that can be tried on the spot, off the GUI thread; trying may be left out.

    `wrong` says what no trial is needed for: what the settings would not take.
    """

    def __init__(
        self,
        name: str,
        field: SetupField,
        trying: Trying,
        lamp: str,
        verb: str,
        trial: Callable[[str], str],
        wrong: Callable[[str], str] = lambda _value: "",
    ) -> None:
        super().__init__(name, field)
        self.button = KeyButton(verb, trying.key, self.try_now, look="verb", scope=self)
        self._grid.removeWidget(field)
        self._grid.addWidget(field, 0, 1)
        self._grid.addWidget(self.button, 0, 2)
        self._trying, self._lamp, self._trial, self._wrong = trying, lamp, trial, wrong
        self._underway = threading.Event()

    def try_now(self) -> None:
        """Try the value as it stands; what comes of it is said beneath, unless the value was changed meanwhile."""
        value = self.value()
        if not value or self._underway.is_set():
            self.say("" if value else tr("还没有填写，可以先跳过"))
            return
        if told := self._wrong(value):
            self.say(told, Tone.BAD)
            return
        self._underway.set()
        self.say(tr("正在试，请稍候…"))

        def work() -> str:
            try:
                self._trying.give_way(self._lamp)
                return self._trial(value)
            finally:
                self._underway.clear()

        def done(told: str) -> None:
            if self.value() == value:
                self.say(told, Tone.GOOD)

        def failed(error: DeskError) -> None:
            if self.value() == value:
                self.fail(error)

        self._trying.tasks.run(self._trying.lane(self._lamp), work, done, failed, owner=self)
