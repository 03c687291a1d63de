"""How an entry of the 同步 page is said: its tone, what to do about it, and what became of each try."""

from collections.abc import Mapping, Sequence
from datetime import date

from client.desk.sending import Attempt, Entry, OutboxState
from client.text import tr
from ui.clerk.case_words import UPLOAD_TONES
from ui.widgets.chips import Tone, shaped
from ui.widgets.times import short_time

NO_HASTE = tr("无需操作，稍后自动上传")
BEHIND: Mapping[OutboxState, str] = {
    OutboxState.REFUSED: tr("先处理同一办件平台未接收的一条；该条重新上传后，本条自动上传"),
    OutboxState.WAITING: tr("同一办件前面有一条暂不上传；该条恢复后，本条自动上传"),
}
HELD: Mapping[OutboxState, str] = {
    OutboxState.WAITING: tr("由值班长恢复后上传；同一办件后面的内容也在等它"),
    OutboxState.REFUSED: tr("由值班长恢复后按原因处理；同一办件后面的内容也在等它"),
}
ADVICE: Mapping[OutboxState, str] = {
    OutboxState.WAITING: NO_HASTE,
    OutboxState.SENDING: tr("无需操作，正在等待平台答复"),
    OutboxState.UNKNOWN: tr("无需操作，先向平台核实，不会重复上传"),
    OutboxState.REFUSED: tr("按原因处理后由值班长重新上传"),
    OutboxState.STORED: "",
}


def entry_tone(entry: Entry) -> Tone:
    """The tone of its state; what waits for a person is no calm waiting."""
    return Tone.WARN if entry.held or entry.behind else UPLOAD_TONES.get(entry.state, Tone.PLAIN)


def advice_on(entry: Entry, today: date) -> str:
    """What to do about an entry; most want nothing."""
    if entry.held:
        return HELD[entry.state]
    if entry.behind:
        return BEHIND[entry.behind]
    if entry.state is OutboxState.WAITING and entry.attempts and entry.next_try is not None:
        return tr("已试 {count} 次，{time} 后自动再试").format(
            count=entry.attempts, time=short_time(entry.next_try, today)
        )
    return ADVICE[entry.state]


def entry_facts(entry: Entry, today: date) -> Sequence[tuple[str, str]]:
    """What is said of the chosen entry, by name of the fact."""
    answered = entry.state in {OutboxState.STORED, OutboxState.REFUSED}
    trouble = entry.last_error if entry.state is not OutboxState.REFUSED or entry.held else ""
    facts = (
        (tr("内容"), entry.words),
        (tr("发生"), f"{entry.time:%Y-%m-%d %H:%M}"),
        (tr("状态"), shaped(entry.state_words, entry_tone(entry))),
        (tr("怎么办"), advice_on(entry, today)),
        (tr("问题"), trouble if entry.state is not OutboxState.STORED else ""),
        (tr("代码"), entry.code if entry.state is OutboxState.REFUSED else ""),
        (tr("答复"), f"{entry.answered_at:%Y-%m-%d %H:%M}" if entry.answered_at and answered else ""),
    )
    return [(name, said) for name, said in facts if said]


def attempt_facts(history: Sequence[Attempt]) -> Sequence[tuple[str, str]]:
    """When each try was made, what came back and how long it took; newest first."""
    return [(f"{attempt.at:%m-%d %H:%M:%S}", _attempt_words(attempt)) for attempt in history]


def history_title(history: Sequence[Attempt], attempts: int) -> str:
    """How many tries there were; the oldest may not be kept any more, nor those of an older program."""
    if not history:
        return tr("以前的上传经过没有记录") if attempts else tr("还没有试过上传")
    told = tr("上传经过（共 {count} 次）").format(count=history[0].number)
    if history[0].number > len(history):
        told += tr("，只留最近 {count} 次").format(count=len(history))
    return told


def _attempt_words(attempt: Attempt) -> str:
    tone = Tone.WARN if attempt.outcome is OutboxState.WAITING else UPLOAD_TONES.get(attempt.outcome, Tone.PLAIN)
    took = tr("（用时 {seconds} 秒）").format(seconds=f"{attempt.took:.1f}") if attempt.took is not None else ""
    return "\n".join(part for part in (shaped(attempt.words + took, tone), attempt.said) if part)
