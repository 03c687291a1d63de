"""What each key of the acts bar would do to the case on the table, and why it cannot: the law's words, not ours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from client.desk.counter import Counter
from client.desk.sheet import CaseSheet, SlotSheet, SlotState
from client.desk.supply import BEFORE_DECISION
from client.errors import CaseError
from client.rules.case import Act, Actor, State, move
from client.rules.items import AcceptanceMode
from client.text import clauses, labelled, tr

BARE = tr("桌上还没有办件：请先读卡，或者选事项")
SHOWN = 3  # shortcomings named in a sentence; the page shows them all


@dataclass(frozen=True, slots=True)
class Way:
    """One key of the bar. `why` says what stops it, "" when nothing does; `act` is what it would do to the case."""

    words: str
    why: str = ""
    act: Act | None = None


def ways(counter: Counter, sheet: CaseSheet | None) -> Mapping[str, Way]:
    """By act of ui.keys."""
    if sheet is None:
        return {
            "save": Way(tr("暂存"), BARE),
            "other_outcomes": Way(tr("其他处理"), BARE),
            "ask_correction": Way(tr("一次性补正"), BARE),
            "receive": Way(tr("收件并出凭证"), BARE),
            "accept": Way(tr("受理", "key"), BARE),
        }
    return {
        "save": _save(sheet),
        "other_outcomes": _other(sheet),
        "ask_correction": _ask(counter, sheet),
        "receive": _receive(counter, sheet),
        "accept": _accept(counter, sheet),
    }


def unlawful(counter: Counter, sheet: CaseSheet, act: Act) -> str:
    """Why the law does not let this act happen to the case now; "" when it does."""
    if act in sheet.acts:
        return ""
    standing = replace(counter.fresh_standing(sheet.item), state=sheet.state)
    try:
        move(standing, act, Actor.WINDOW, ground=standing.regime.grounds[0].key)
    except CaseError as error:
        return labelled(error.title, error.advice)
    return tr("现在不能办理这一步")  # the desk knows more than its state: a correction asked for before


def told(shortcomings: tuple[str, ...]) -> str:
    """The first of them, and how many there are besides."""
    more = len(shortcomings) - SHOWN
    rest = tr("，等 {count} 处").format(count=len(shortcomings)) if more > 0 else ""
    return clauses(shortcomings[:SHOWN]) + rest


def awaited(sheet: CaseSheet) -> tuple[SlotSheet, ...]:
    """What may still be handed in; nothing while the case itself is still open."""
    if sheet.state not in BEFORE_DECISION:
        return ()
    return tuple(slot for slot in sheet.slots if slot.state is SlotState.DEFERRED)


def _save(sheet: CaseSheet) -> Way:
    return Way(tr("暂存") if sheet.editable else tr("放下"))


def _other(sheet: CaseSheet) -> Way:
    lawful = sheet.acts & {Act.NOT_ACCEPT, Act.WITHDRAW, Act.VOID}
    none = tr("办件现为“{state}”，没有其他处理").format(state=sheet.state_words)
    return Way(tr("其他处理"), "" if lawful else none)


def _ask(counter: Counter, sheet: CaseSheet) -> Way:
    words = tr("一次性补正")
    why = unlawful(counter, sheet, Act.ASK_CORRECTION) or _unknown(sheet)
    return Way(words, why, Act.ASK_CORRECTION)


def _receive(counter: Counter, sheet: CaseSheet) -> Way:
    if awaited(sheet):
        return Way(tr("收下补齐"))
    if sheet.state is not State.AWAITING_CORRECTION:
        why = unlawful(counter, sheet, Act.RECEIVE) or _nobody(sheet)
        return Way(tr("收件并出凭证"), why, Act.RECEIVE)
    return _whole(counter, sheet, Act.TAKE_CORRECTION, tr("接收补正"))


def _accept(counter: Counter, sheet: CaseSheet) -> Way:
    if sheet.item.acceptance_mode is AcceptanceMode.DEPARTMENT and sheet.editable:
        return Way(tr("由部门受理"), unlawful(counter, sheet, Act.ACCEPT), Act.ACCEPT)
    return _whole(counter, sheet, Act.ACCEPT, tr("受理", "key"))


def _whole(counter: Counter, sheet: CaseSheet, act: Act, words: str) -> Way:
    """An act that needs a complete case: how many things are wanting stands on its key."""
    why = unlawful(counter, sheet, act)
    if not why and sheet.shortcomings:
        words += tr("（差 {count} 处）").format(count=len(sheet.shortcomings))
        why = told(sheet.shortcomings)
    return Way(words, why, act)


def _unknown(sheet: CaseSheet) -> str:
    """All that is missing can be told only when people and situations are known."""
    questions = [tr("未选择情形“{question}”").format(question=s.question) for s in sheet.open_situations]
    return _nobody(sheet) or clauses(questions)


def _nobody(sheet: CaseSheet) -> str:
    if sheet.applicant is None:
        return tr("没有申请人")
    return tr("没有经办人（到场人）") if sheet.attendee is None else ""
