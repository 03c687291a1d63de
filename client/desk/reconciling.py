"""三方核对: what is kept here against itself, and against the platform; every difference with what mends it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from client.desk.before import take_note
from client.desk.counter import Counter
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.agreement import Comparison, Difference, Gap
from client.rules.agreement import Held
from client.rules.case import STATE_WORDS, State
from client.rules.rights import Right
from client.store import audit, before, outbox
from client.store.feed import read_anew
from client.store.wholeness import Flaw, FlawKind, look
from client.text import chinese, marked, tr

__all__ = ["Difference", "Finding", "Mend", "Reconciling", "Report"]


class Mend(StrEnum):
    """What mends a difference; the last is for nobody at the counter."""

    SEND_AGAIN = "send_again"
    FETCH_STATES = "fetch_states"
    SET_ASIDE = "set_aside"
    TAKE_NOTE = "take_note"
    CALL_IT = "call_it"


MEND_WORDS: Mapping[Mend, str] = MappingProxyType(
    {
        Mend.SEND_AGAIN: tr("重新上传，使用原编号，不会重复"),
        Mend.FETCH_STATES: tr("重新读取平台的办件状态；读取后仍不一致的，请联系系统管理员"),
        Mend.SET_ASIDE: tr("隔离该文件；草稿请重新扫描这一页，文书请补打，已受理的办件在“异常办件”中处置"),
        Mend.TAKE_NOTE: tr(
            "本窗口换过磁盘或恢复过备份的，登记为“平台已有（原磁盘）”；没有换过的，请先联系系统管理员，可能有两台电脑用着同一窗口编号"
        ),
        Mend.CALL_IT: tr("请联系系统管理员核查，不要自行改动"),
    }
)
SENT_AGAIN = marked("核对发现平台缺少本件，重新上传")

_GAPS: Mapping[Gap, tuple[str, Mend]] = MappingProxyType(
    {
        Gap.NOT_HELD: (tr("平台没有本件的 {count} 条记录"), Mend.SEND_AGAIN),
        Gap.UNKNOWN_HERE: (tr("平台有本件的 {count} 条记录，本机没有"), Mend.CALL_IT),
        Gap.OTHER_KEY: (tr("同一编号在平台是另一办件"), Mend.CALL_IT),
        Gap.OTHER_STATE: (tr("办件状态不一致：本机收到“{ours}”，平台为“{theirs}”"), Mend.FETCH_STATES),
        Gap.FILE_NOT_HELD: (tr("平台缺少本件的 {count} 个文件"), Mend.CALL_IT),
    }
)
OTHERS_CASE = tr("平台在此编号下是另一台电脑收的办件；本机的办件另编为 {number}，已核对")
_FLAWS: Mapping[FlawKind, tuple[str, Mend]] = MappingProxyType(
    {
        FlawKind.FILE_MISSING: (tr("找不到扫描件或文书文件（{file}）"), Mend.CALL_IT),
        FlawKind.FILE_DAMAGED: (tr("扫描件或文书文件已损坏（{file}）"), Mend.SET_ASIDE),
        FlawKind.PAPER_LOST: (tr("有文书没有生成，也不在待生成之列"), Mend.CALL_IT),
        FlawKind.NUMBER_UNUSED: (tr("编号已发出，没有对应的办件或文书"), Mend.CALL_IT),
        FlawKind.NUMBER_UNBOOKED: (tr("编号不在编号登记簿中"), Mend.CALL_IT),
    }
)
_NO_STATE = tr("无")
_OF_BEFORE = tr("平台有本窗口编号的 {count} 件，由原来的磁盘上传，本机没有")
_LOST_OF_BEFORE = tr("平台原有本件（原磁盘），现在没有；本机也没有")

NOT_FOR_US = Fault(
    "CASE-341", tr("{subject} 的这项差异不能在窗口处理"), tr("请联系系统管理员核查；办件和文件都没有改动")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree. `subject`: the number it is about; `what`: ids, digests or a sealed name.

    `held` are cases the platform has of the disk before, together one finding; `what` then are their numbers.
    """

    kind: Gap | FlawKind
    subject: str
    words: str
    mend: Mend
    what: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`agreed` cases are the same here and at the platform; None where the platform was not asked.

    `files` are what rows speak of here, `unneeded` what waits to be swept; `more`: not every difference is listed.
    """

    files: int
    unneeded: int
    agreed: int | None
    findings: tuple[Finding, ...]
    more: bool = False

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def words(self) -> str:
        """One line that says how it stands."""
        if not self.ok:
            count = f"{len(self.findings)}+" if self.more else f"{len(self.findings)}"
            return tr("不一致 {count} 处").format(count=count)
        if self.agreed is None:
            return tr("本机文件、文书与编号一致：{count} 个文件；没有与平台核对").format(count=self.files)
        return tr("本机与平台一致：{count} 件").format(count=self.agreed)


class Reconciling:
    """Looks, and mends what a person may mend."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def report(
        self,
        comparison: Comparison | None,
        *,
        read: bool,
        told: Callable[[int, int], object] = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Report:
        """All that differs: here by a look (`read`: with every file read), and what was found with the platform.

        Slow in proportion to the files: for a lane. Raises StoreError, Cancelled.
        """
        here = look(self._counter.memory, read=read, told=told, cancelled=cancelled)
        findings = [_of_flaw(flaw) for flaw in here.flaws]
        if comparison is None:
            return Report(here.files, here.unneeded, None, tuple(findings))
        with self._counter.memory.read() as connection:
            noted = before.among(connection, {each.number for each in comparison.differences})
        findings += [self._of_difference(each, noted) for each in comparison.differences]
        if comparison.before:
            findings.append(_of_before(comparison.before))
        return Report(here.files, here.unneeded, comparison.agreed, tuple(findings), more=comparison.more)

    def _of_difference(self, difference: Difference, noted: Collection[str]) -> Finding:
        """What the platform has under a number whose own case went up under a second one is somebody else's."""
        finding = _of_difference(difference, noted)
        if difference.gap is not Gap.UNKNOWN_HERE:
            return finding
        with self._counter.memory.read() as connection:
            record = self._counter.memory.cases.find(connection, difference.number)
        if record is None or record.second_number in {None, difference.number}:
            return finding
        return replace(finding, words=OTHERS_CASE.format(number=record.second_number))

    def mend(self, findings: Sequence[Finding], by: Staff) -> int:
        """Do what mends these differences, in one transaction; returns how many. Sending must be woken besides.

        Raises RightsError; CaseError when one of them is not for the counter to mend, and nothing is done then.
        """
        counter = self._counter
        counter.permit(by, Right.RECONCILE, chinese("核对"))
        for finding in findings:
            if finding.mend is Mend.CALL_IT:
                raise CaseError(NOT_FOR_US, subject=finding.subject)
        with counter.memory.begin() as connection:
            for finding in findings:
                match finding.mend:
                    case Mend.SEND_AGAIN:
                        outbox.reopen(connection, finding.what, SENT_AGAIN)
                    case Mend.FETCH_STATES:
                        read_anew(connection)
                    case Mend.SET_ASIDE:
                        counter.memory.files.set_aside(*finding.what)
                    case Mend.TAKE_NOTE:
                        take_note(counter, connection, finding.held)
                detail = {"kind": finding.kind, "what": _told_of(finding)}
                audit.add(connection, counter.clock(), by.staff_no, finding.mend, finding.subject, "done", detail)
        return len(findings)


def _of_flaw(flaw: Flaw) -> Finding:
    words, mend = _FLAWS[flaw.kind]
    return Finding(flaw.kind, flaw.subject, words.format(file=flaw.file[:8]), mend, (flaw.file,) if flaw.file else ())


def _of_before(held: tuple[Held, ...]) -> Finding:
    """One finding of all of them: whoever changed a disk decides once."""
    numbers = tuple(sorted(each.number for each in held))
    ends = numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"
    return Finding(Gap.DISK_BEFORE, ends, _OF_BEFORE.format(count=len(numbers)), Mend.TAKE_NOTE, numbers, held)


def _told_of(finding: Finding) -> list[str] | int:
    """What the audit says of it; of the disk before how many there were, for there may be thousands."""
    return len(finding.held) if finding.held else list(finding.what)


def _of_difference(difference: Difference, noted: Collection[str]) -> Finding:
    if difference.gap is Gap.NOT_HELD and difference.number in noted:  # nothing is here that could be sent again
        return Finding(difference.gap, difference.number, _LOST_OF_BEFORE, Mend.CALL_IT, difference.what)
    words, mend = _GAPS[difference.gap]
    places: dict[str, object] = {"count": len(difference.what)}
    if difference.gap is Gap.OTHER_STATE:
        places = dict(zip(("ours", "theirs"), map(_state_words, difference.what), strict=True))
    return Finding(difference.gap, difference.number, words.format(**places), mend, difference.what)


def _state_words(state: str) -> str:
    return STATE_WORDS[State(state)] if state in set(State) else state or _NO_STATE
