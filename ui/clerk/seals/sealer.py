"""Seals papers one after another: begun on the store lane, signed on the key's own, finished on the store lane.

What breaks off has sealed nothing. A key that is pulled out, or does not take the PIN, ends the whole row; what is
wrong with one paper leaves the others. A PIN goes to the key it was typed for and to no other: each wrong one costs
that key a try.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from client.desk.sealing import Begun, Choice, Owed, Sealing
from client.desk.staff import Staff
from client.errors import CaseError, DeskError, DeviceError, Fault
from client.lanes import Lane
from client.ports.keys import Pin, SealKeys
from client.text import tr
from ui.seat import Seat

Result = TypeVar("Result")

NO_KEYS = Fault(
    "PAPER-251",
    tr("本窗口没有设置密码钥匙"),
    tr("可加盖实体印章并登记，或者请大厅管理员在“设置”页登记密码钥匙"),
)

OTHER_KEY = Fault(
    "PAPER-253",
    tr("{organ}的文书要用另一枚印章或者另一把密码钥匙"),
    tr("请选中该文书，核对印章和钥匙后输入那把钥匙的口令"),
)


@dataclass
class _Row:
    """Papers to be sealed with one PIN, and what became of them. `wanted`: what was chosen for the first of them."""

    todo: list[Owed]
    by: Staff
    pin: Pin
    wanted: Choice
    sealed: int = 0
    wrong: list[tuple[Owed, DeskError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a row: how many were sealed, and the error of each that was not; `left` were not tried."""

    sealed: int
    wrong: tuple[tuple[Owed, DeskError], ...]
    left: int


class Sealer(QObject):
    """One row at a time. `sealed` after each paper, `ended` with the Report."""

    sealed = Signal(int)
    ended = Signal(Report)

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._sealing = Sealing(seat.house.counter, seat.house.seals)
        self._row: _Row | None = None

    @property
    def is_at_work(self) -> bool:
        return self._row is not None

    def look(
        self, owed: Owed, done: Callable[[tuple[Choice, ...]], object], failed: Callable[[DeskError], object]
    ) -> None:
        """What may seal this paper now; asked of the keys, on their lane."""
        if (keys := self._seat.hands.keys) is None:
            failed(CaseError(NO_KEYS))
            return
        self._seat.tasks.run(self._seat.lanes.key, lambda: self._choices(keys, owed), done, failed, owner=self)

    def seal(self, papers: Sequence[Owed], by: Staff, pin: Pin, wanted: Choice) -> None:
        """Seal these in their order. The PIN is overwritten when the row ends."""
        self._row = _Row(list(papers), by, pin, wanted)
        self._next(self._row)

    def _choices(self, keys: SealKeys, owed: Owed) -> tuple[Choice, ...]:
        return self._sealing.choices(owed.paper_id, keys.plugged(), keys.seals)

    def _next(self, row: _Row) -> None:
        keys = self._seat.hands.keys
        if not row.todo or keys is None:
            self._end(row)
            return
        owed = row.todo.pop(0)

        def choose() -> Choice:
            return _meant(self._choices(keys, owed), row.wanted, owed)

        self._run(self._seat.lanes.key, choose, partial(self._begin, row, owed), row, owed)

    def _begin(self, row: _Row, owed: Owed, choice: Choice) -> None:
        def work() -> Begun:
            return self._sealing.begin(owed.paper_id, row.by, choice)

        self._run(self._seat.lanes.store, work, partial(self._sign, row, owed), row, owed)

    def _sign(self, row: _Row, owed: Owed, begun: Begun) -> None:
        keys, choice = self._seat.hands.keys, begun.choice

        def work() -> tuple[Begun, bytes]:
            if keys is None:
                raise CaseError(NO_KEYS)
            return begun.signed(lambda what: keys.sign(choice.key.id, choice.certificate, what, row.pin))

        self._run(self._seat.lanes.key, work, partial(self._finish, row, owed), row, owed)

    def _finish(self, row: _Row, owed: Owed, signed: tuple[Begun, bytes]) -> None:
        def work() -> None:
            self._sealing.finish(*signed, row.by, to_printer=True)

        self._run(self._seat.lanes.store, work, lambda _none: self._done(row, owed), row, owed)

    def _done(self, row: _Row, owed: Owed) -> None:
        row.sealed += 1
        self._seat.narrator.tell("sealed", paper=owed.paper_id)
        self._seat.bell.papers_asked.emit()
        self._seat.bell.case_changed.emit(owed.case_id)
        self.sealed.emit(owed.paper_id)
        self._next(row)

    def _wrong(self, row: _Row, owed: Owed, error: DeskError) -> None:
        row.wrong.append((owed, error))
        if isinstance(error, DeviceError):
            self._end(row)
        else:
            self._next(row)

    def _run(
        self, lane: Lane, work: Callable[[], Result], done: Callable[[Result], object], row: _Row, owed: Owed
    ) -> None:
        wrong = partial(self._wrong, row, owed)
        self._seat.tasks.run(lane, work, done, wrong, owner=self, words=tr("正在用印"))

    def _end(self, row: _Row) -> None:
        row.pin.forget()
        self._row = None
        self.ended.emit(Report(row.sealed, tuple(row.wrong), len(row.todo)))


def _meant(found: Sequence[Choice], wanted: Choice, owed: Owed) -> Choice:
    """The chosen one; of another organ's paper, that organ's seal by the same key. Raises CaseError."""
    same = [each for each in found if each.is_as(wanted)]
    others = [each for each in found if each.key.id == wanted.key.id and each.certificate != wanted.certificate]
    if not (same or others):
        raise CaseError(OTHER_KEY, organ=owed.organ_name)
    return (same or others)[0]
