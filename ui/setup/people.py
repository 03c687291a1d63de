"""Who is put on the roster, or given a new PIN: number, name, role, and the PIN twice."""

from collections.abc import Callable, Sequence

from client.desk.staff import SHORTEST_PIN
from client.rules.rights import ROLE_WORDS, Role
from client.text import tr
from ui.setup.rows import FieldRow
from ui.widgets.chips import Tone
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField
from ui.widgets.secrets import LONGEST, STAFF_NO, SecretField

_SHORT = tr("口令不少于 {length} 位").format(length=SHORTEST_PIN)


class PinRows:
    """A new PIN, typed twice: nobody sees what they type. `done` is what Enter in the last field does."""

    def __init__(self, done: Callable[[], object]) -> None:
        self._pin = SecretField(tr("新口令"))
        self._again = SecretField(tr("再输一次新口令"), done)
        self.rows = (FieldRow(tr("新口令"), self._pin), FieldRow(tr("再输一次"), self._again))

    def wrong(self) -> Sequence[FieldRow]:
        """The rows that are wrong; each says why."""
        if len(self._pin.value()) < SHORTEST_PIN:
            self.rows[0].say(_SHORT, Tone.BAD)
            return self.rows[:1]
        if self._pin.value() != self._again.value():
            self.rows[1].say(tr("两次输入的口令不同"), Tone.BAD)
            return self.rows[1:]
        return ()

    def taken(self) -> str:
        """The PIN; both fields are empty afterwards."""
        self._again.taken()
        return self._pin.taken()


class PersonRows:
    """A person for the roster; with `roles` one of them is chosen. `done` is what Enter in the last field does."""

    def __init__(self, done: Callable[[], object], roles: Sequence[Role] = ()) -> None:
        self._number = TextField(tr("工号"), most=LONGEST, typed=STAFF_NO)
        self._name = TextField(tr("姓名"), most=LONGEST)
        self._role = Choice(tr("岗位"), [(role.value, ROLE_WORDS[role]) for role in roles])
        self._pin = PinRows(done)
        self._filled = (FieldRow(tr("工号"), self._number), FieldRow(tr("姓名"), self._name))
        chosen = (FieldRow(tr("岗位"), self._role),) if roles else ()
        self._role.put(roles[0].value if roles else None)
        self.rows = (*self._filled, *chosen, *self._pin.rows)

    @property
    def number(self) -> str:
        return self._number.value().strip()

    @property
    def name(self) -> str:
        return self._name.value().strip()

    @property
    def role(self) -> Role:
        return Role(self._role.value())

    def wrong(self) -> Sequence[FieldRow]:
        """The rows that are wrong; each says why."""
        empty = [row for row in self._filled if not row.value()]
        for row in empty:
            row.say(tr("请填写{what}").format(what=row.name), Tone.BAD)
        return (*empty, *self._pin.wrong())

    def pin(self) -> str:
        """The PIN; its fields are empty afterwards."""
        return self._pin.taken()

    def clear(self) -> None:
        self._number.put("")
        self._name.put("")
        self._pin.taken()
