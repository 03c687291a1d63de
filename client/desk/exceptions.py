"""异常办件(待处置): what the platform refused, in which fields the two differ, and what may lawfully be decided.

An accepted case keeps the version of its item and is never corrected; a paper in the applicant's hand is never voided;
of two applications the applicant withdraws one, in writing (domain.md §13.8). Nothing is overwritten silently.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text

from client.desk.counter import Counter, require_reason
from client.desk.intake import Intake
from client.desk.numbers import take_case_number
from client.desk.sending import NOT_REFUSED, event_words
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.conflicts import Conflict, Decision, FieldDifference
from client.retold import retold
from client.rules.case import State
from client.rules.numbering import CaseNumber
from client.rules.rights import Right
from client.store import audit, numbers, outbox
from client.store.tables import outbox as events
from client.text import listed, marked, tr


class Choice(StrEnum):
    """What a person may choose; all but the first are decisions that go up with the event."""

    SEND_AGAIN = "send-again"
    KEEP_VERSION = Decision.KEEP_VERSION
    ONLINE_WITHDRAWN = Decision.ONLINE_WITHDRAWN
    WINDOW_WITHDRAWN = Decision.WINDOW_WITHDRAWN
    SECOND_NUMBER = Decision.SECOND_NUMBER
    WITHOUT_FILE = Decision.WITHOUT_FILE
    FOR_THE_RECORD = Decision.FOR_THE_RECORD


CHOICE_WORDS: Mapping[Choice, str] = MappingProxyType(
    {
        Choice.SEND_AGAIN: tr("原因已排除，重新上传"),
        Choice.KEEP_VERSION: tr("按收件时的事项版本办理"),
        Choice.ONLINE_WITHDRAWN: tr("申请人书面撤回网上的申请"),
        Choice.WINDOW_WITHDRAWN: tr("申请人书面撤回窗口的申请"),
        Choice.SECOND_NUMBER: tr("另编一个办件编号上传，原编号在文书上照旧有效"),
        Choice.WITHOUT_FILE: tr("不等这个文件，以纸质材料为准"),
        Choice.FOR_THE_RECORD: tr("以网上撤回为准，本条只留存备查"),
    }
)
CONFLICT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Conflict.ITEM_REVISED: tr("事项版本已更新"),
        Conflict.ALREADY_ONLINE: tr("网上已有同一申请"),
        Conflict.WRONG_DIGEST: tr("文件校验不符"),
        Conflict.FILE_LOST: tr("本机文件缺失或损坏"),
        Conflict.WITHDREW: tr("申请人已网上撤回"),
        Conflict.NUMBER_TAKEN: tr("办件编号重复"),
        Conflict.KEY_TAKEN: tr("办件编号重复"),
    }
)
_OTHER = tr("平台未接收")
_CHOICES: Mapping[str, tuple[Choice, ...]] = MappingProxyType(
    {
        Conflict.ITEM_REVISED: (Choice.KEEP_VERSION,),
        Conflict.ALREADY_ONLINE: (Choice.ONLINE_WITHDRAWN, Choice.WINDOW_WITHDRAWN),
        Conflict.WITHDREW: (Choice.FOR_THE_RECORD,),
        Conflict.WRONG_DIGEST: (Choice.SEND_AGAIN, Choice.WITHOUT_FILE),
        Conflict.FILE_LOST: (Choice.SEND_AGAIN, Choice.WITHOUT_FILE),  # again: after it came back out of a backup
        Conflict.NUMBER_TAKEN: (Choice.SECOND_NUMBER, Choice.SEND_AGAIN),
    }
)
_FOR_THE_REST = (Choice.SEND_AGAIN,)
IN_WRITING = frozenset({Choice.ONLINE_WITHDRAWN, Choice.WINDOW_WITHDRAWN, Choice.WITHOUT_FILE})

TAKEN_TOO = marked("另编的编号在平台也属于另一办件，改用下一个编号")

NOT_A_CHOICE = Fault(
    "CASE-342",
    tr("“{kind}”不能这样处置：{choice}"),
    tr("可以选择：{choices}；都不合适的，请联系大厅管理员核查"),
)


@dataclass(frozen=True, slots=True)
class CaseIssue:
    """One refused event as the supervisor decides about it; its case's later events wait for that."""

    event_id: str
    case_id: int
    case_number: str
    words: str  # what happened at the window
    kind: str  # why it was refused, in a word or two
    reason: str  # as the platform said it
    differences: tuple[FieldDifference, ...]
    choices: tuple[Choice, ...]


class Exceptions:
    """The list, and the acts on it."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def all(self, *, limit: int = 200) -> tuple[CaseIssue, ...]:
        """What wants a decision, oldest first."""
        statement = _REFUSED.order_by(events.c.sequence).limit(limit)
        with self._counter.memory.read() as connection:
            return tuple(_issue(row) for row in connection.execute(statement))

    def one(self, event_id: str) -> CaseIssue:
        """Raises CaseError when nothing is refused under that id."""
        with self._counter.memory.read() as connection:
            return _one(connection, event_id)

    def choose(self, event_id: str, choice: Choice, by: Staff, reason: str = "") -> str:
        """Decide about an issue: the event goes up again, with the decision; returns its case's number.

        Where the applicant withdraws an application, `reason` names the paper in which he does; where a file is not
        waited for, where its paper lies. If the application at the window is withdrawn, so is the case first, as by
        F11. Sending must be woken besides. Raises CaseError, RightsError.
        """
        counter = self._counter
        counter.permit(by, Right.RETRY_REFUSED, event_id)
        issue = self.one(event_id)
        if choice not in issue.choices:
            offered = listed(CHOICE_WORDS[each] for each in issue.choices)
            raise CaseError(NOT_A_CHOICE, kind=issue.kind, choice=CHOICE_WORDS[choice], choices=offered)
        if choice in IN_WRITING:
            require_reason(reason)
        if choice is Choice.WINDOW_WITHDRAWN:
            self._withdraw(issue, by, reason)
        decision = None if choice is Choice.SEND_AGAIN else choice.value
        with counter.memory.begin() as connection:
            if outbox.retry_refused(connection, event_id, decision) is None:
                raise CaseError(NOT_REFUSED, event=event_id)
            detail = {"event": event_id, "choice": choice.value, "reason": reason}
            if choice is Choice.SECOND_NUMBER:
                detail["second_number"] = self._number_anew(connection, issue.case_id)
            audit.add(connection, counter.clock(), by.staff_no, "decide_exception", issue.case_number, "done", detail)
        return issue.case_number

    def _number_anew(self, connection: Connection, case_id: int) -> str:
        """The case goes up under a second number from here on; the printed one stays, and finds it all the same."""
        before = self._counter.case(connection, case_id).second_number
        number = take_case_number(self._counter, connection, self._counter.clock())
        if before is not None:  # that was another case's too, and stands on no paper
            taken = CaseNumber.parse(before)
            numbers.void(connection, taken.series, taken.serial, TAKEN_TOO)
        self._counter.memory.cases.change(connection, case_id, second_number=number)
        outbox.go_up_under(connection, case_id, number)
        return number

    def _withdraw(self, issue: CaseIssue, by: Staff, reason: str) -> None:
        """A death between this and the decision leaves the issue on the list, and the case withdrawn already."""
        with self._counter.memory.read() as connection:
            state = self._counter.case(connection, issue.case_id).state
        if state is not State.WITHDRAWN:
            Intake(self._counter).withdraw(issue.case_id, by, reason)


_REFUSED: Select[Any] = select(
    events.c.event_id,
    events.c.case_id,
    events.c.subject,
    events.c.type,
    events.c.code,
    events.c.last_error,
    events.c.differences,
).where(text("outbox.state != 'stored'"), events.c.state == outbox.OutboxState.REFUSED)


def _one(connection: Connection, event_id: str) -> CaseIssue:
    row = connection.execute(_REFUSED.where(events.c.event_id == event_id)).one_or_none()
    if row is None:
        raise CaseError(NOT_REFUSED, event=event_id)
    return _issue(row)


def _issue(row: Row[Any]) -> CaseIssue:
    code = row.code or ""
    return CaseIssue(
        event_id=row.event_id,
        case_id=row.case_id,
        case_number=row.subject,
        words=event_words(row.type),
        kind=CONFLICT_WORDS.get(code, _OTHER),
        reason=retold(row.last_error or ""),
        differences=tuple(_difference(*each) for each in json.loads(row.differences or "[]")),
        choices=_CHOICES.get(code, _FOR_THE_REST),
    )


def _difference(field: str, ours: str, theirs: str) -> FieldDifference:
    return FieldDifference(retold(field), ours, theirs)
