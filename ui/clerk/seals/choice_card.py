"""The card beside a paper that waits for its seal: which seal, whose key, until when; and the field for its PIN."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.desk.sealing import Choice
from client.errors import DeskError
from client.ports.keys import Pin
from client.text import apart, tr
from ui.clerk.seals.picture import seal_picture
from ui.theme.style import set_look
from ui.widgets.certificate import holder_facts, last_day
from ui.widgets.facts import Facts
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words
from ui.widgets.secrets import SecretField

_PICTURE = 84  # pixels of the seal's picture
_LAST = 1


class ChoiceCard(QWidget):
    """`given` with the PIN and what was chosen; the card keeps no PIN."""

    given = Signal(Pin, Choice)
    given_for_all = Signal(Pin, Choice)
    let_go = Signal()  # it had the keyboard, and offers nothing to type into any more

    def __init__(self, one: str, every: str) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._chosen: Choice | None = None
        self._warned = False
        self._now = datetime.now(UTC)
        self._told = words("", "quiet", wrap=True, selectable=True)
        self.picker = QComboBox()
        self.picker.setAccessibleName(tr("印章和钥匙"))
        self.picker.currentIndexChanged.connect(lambda _place: self._show())
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE, _PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = Facts()
        self.pin = SecretField(tr("密码钥匙口令"), self._give)
        self.pin.setPlaceholderText(tr("密码钥匙口令"))
        self.tries = words("", "small", wrap=True)
        self.seal = KeyButton(tr("用印"), one, self._give, look="main", heard=False)
        self.seal_all = KeyButton(tr("全部用印"), every, self._give_for_all)
        self._lay_out()
        self.tell("")

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._told.text()}\n{self.facts.text}\n{self.tries.text()}"

    def tell(self, words_: str, look: str = "quiet") -> None:
        """Say this, and offer nothing."""
        self._choices = ()
        self._told.setText(words_)
        set_look(self._told, look)
        self._told.setVisible(bool(words_))
        self._offer(there=False)

    def forget(self) -> None:
        """What was typed and not given."""
        self.pin.put("")

    def refuse(self, error: DeskError) -> None:
        """Why nothing may seal this paper."""
        self.tell("▲ " + apart((error.title, error.advice)), "bad")

    def show_choices(self, choices: Sequence[Choice], now: datetime) -> None:
        """Offer these; what was typed stays for the key it was typed for."""
        chosen = self._chosen
        self._choices, self._now = tuple(choices), now
        self._told.setText("")
        self._told.hide()
        self.picker.blockSignals(True)
        self.picker.clear()
        for choice in choices:
            self.picker.addItem(f"{choice.seal.name}　{choice.key.label}")
        again = (place for place, each in enumerate(choices) if chosen is not None and each.is_as(chosen))
        self.picker.setCurrentIndex(next(again, 0))
        self.picker.blockSignals(False)
        self._show()

    def _show(self) -> None:
        place = self.picker.currentIndex()
        if not 0 <= place < len(self._choices):
            return
        choice, before = self._choices[place], self._chosen
        if before is not None and before.key.id != choice.key.id:
            self.forget()
        self._chosen, seal = choice, choice.seal
        self._picture.setPixmap(seal_picture(seal, self._picture.size()))
        until = tr("印章 {seal}，证书 {certificate}").format(
            seal=seal.valid_to.astimezone(self._now.tzinfo).date(),
            certificate=last_day(choice.certificate, self._now),
        )
        self.facts.say([(tr("印章"), seal.name), *holder_facts(choice.certificate), (tr("有效期至"), until)])
        self._warned = False
        self._tell_tries(choice)
        self._offer(there=True)

    def _tell_tries(self, choice: Choice) -> None:
        left = choice.key.tries_left
        told = "" if left is None else tr("口令还可以试 {count} 次").format(count=left)
        if left == 0:
            told = tr("口令已锁死，请带上钥匙找签发机构或钥匙的管理人解锁")
        elif left == _LAST:
            told = tr("口令只剩最后一次，输错即锁死；拿不准请先联系钥匙的管理人")
        if choice.key.pin_is_default:
            told += "　" + tr("仍是出厂口令，请尽快修改")
        if choice.key.hint and left != 0:
            told += "　" + choice.key.hint
        self.tries.setText(told)
        set_look(self.tries, "bad" if left in {0, _LAST} else "small")
        self.pin.setEnabled(left != 0)

    def _offer(self, *, there: bool) -> None:
        if not there and self.focusWidget() is not None and self.focusWidget().hasFocus():
            self.let_go.emit()  # hidden with the keyboard in it, Qt would give that to whatever stands next
        for part in (self.facts, self._picture, self.pin, self.tries):
            part.setVisible(there)
        self.picker.setVisible(there and len(self._choices) > 1)
        is_locked = self._chosen is not None and self._chosen.key.tries_left == 0
        for button in (self.seal, self.seal_all):
            button.setVisible(there and not is_locked)

    def _give(self) -> None:
        self._hand_over(self.given)

    def _give_for_all(self) -> None:
        self._hand_over(self.given_for_all)

    def _hand_over(self, whom: object) -> None:
        """The last try wants a second Enter; an empty field sends nothing to the key."""
        choice = self._chosen
        if not self._choices or choice is None or not self.pin.value():
            self.pin.setFocus()
            return
        if choice.key.tries_left == _LAST and not self._warned:
            self._warned = True
            self.tries.setText(tr("这是最后一次：核对无误后再按一次 Enter，才会送到钥匙"))
            return
        self._warned = False
        whom.emit(Pin(self.pin.taken().encode()), choice)  # type: ignore[attr-defined]  # a bound signal has no type

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(12)
        facts.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        facts.addWidget(self.facts, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pin, 1)
        row.addWidget(self.seal)
        row.addWidget(self.seal_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._told)
        column.addWidget(self.picker)
        column.addLayout(facts)
        column.addWidget(self.tries)
        column.addLayout(row)
