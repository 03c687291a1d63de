"""The lawful life of a 办件: one table of moves, and the guards that regime and acceptance mode add.

A state says where the case stands; why an application was not accepted is its ground, not a state of its
own (不属于本机关职权范围 and 依法不需要取得许可 are grounds). Sources: 行政许可法 第三十二条, 第四十二至四十五条;
不动产登记暂行条例 第十七条; 市场主体登记管理条例 第十九条.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from client.errors import CaseError, Fault
from client.rules.items import AcceptanceMode, CaseClass
from client.rules.regimes import Regime
from client.text import tr


class State(StrEnum):
    """Where a case stands; the names are the glossary's."""

    DRAFT = "draft"
    RECEIVED = "received"
    AWAITING_CORRECTION = "awaiting_correction"
    CORRECTION_MADE = "correction_made"
    CORRECTION_LAPSED = "correction_lapsed"
    ACCEPTED = "accepted"
    DEEMED_ACCEPTED = "deemed_accepted"
    NOT_ACCEPTED = "not_accepted"
    REVIEW = "review"
    SPECIAL_PROCEDURE = "special_procedure"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    FINISHED = "finished"
    AWAITING_COLLECTION = "awaiting_collection"
    DELIVERED = "delivered"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    VOIDED = "voided"


STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: tr("草稿"),
        State.RECEIVED: tr("已收件"),
        State.AWAITING_CORRECTION: tr("待补正"),
        State.CORRECTION_MADE: tr("补正已交"),
        State.CORRECTION_LAPSED: tr("逾期未补正"),
        State.ACCEPTED: tr("受理"),
        State.DEEMED_ACCEPTED: tr("视为受理"),
        State.NOT_ACCEPTED: tr("不予受理"),
        State.REVIEW: tr("审查"),
        State.SPECIAL_PROCEDURE: tr("特别程序"),
        State.SUSPENDED: tr("中止"),
        State.DECIDED: tr("决定"),
        State.FINISHED: tr("办结"),
        State.AWAITING_COLLECTION: tr("待领取"),
        State.DELIVERED: tr("已送达"),
        State.ARCHIVED: tr("归档"),
        State.WITHDRAWN: tr("撤回"),
        State.TERMINATED: tr("终止"),
        State.VOIDED: tr("作废"),
    }
)
NOT_REQUIRED_WORD = tr("不受理")  # the word for a state of not_accepted whose ground is 依法不需要取得许可


class Act(StrEnum):
    """What moves a case, in a clerk's verbs."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    ASK_CORRECTION = "ask_correction"
    TAKE_CORRECTION = "take_correction"
    LAPSE_CORRECTION = "lapse_correction"
    NOT_ACCEPT = "not_accept"
    BEGIN_REVIEW = "begin_review"
    BEGIN_SPECIAL = "begin_special"
    END_SPECIAL = "end_special"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    DECIDE = "decide"
    FINISH = "finish"
    AWAIT_COLLECTION = "await_collection"
    DELIVER = "deliver"
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"
    VOID = "void"


class Actor(StrEnum):
    """Who acts: the window, the department behind it, or the calendar (a clock that ran out)."""

    WINDOW = "window"
    DEPARTMENT = "department"
    CALENDAR = "calendar"


_BEFORE_ACCEPTANCE = frozenset({State.DRAFT, State.RECEIVED, State.CORRECTION_MADE})
_IN_HAND = frozenset({State.ACCEPTED, State.DEEMED_ACCEPTED, State.REVIEW})
_HELD = frozenset({State.SPECIAL_PROCEDURE, State.SUSPENDED})
_DEPARTMENT = frozenset({Actor.DEPARTMENT})
_CALENDAR = frozenset({Actor.CALENDAR})
_ANY_HAND = frozenset({Actor.WINDOW, Actor.DEPARTMENT})


@dataclass(frozen=True, slots=True)
class Move:
    """From which states an act leads where, and who may do it. `to` None: back to where the case was held."""

    before: frozenset[State]
    to: State | None
    actors: frozenset[Actor]


MOVES: Mapping[Act, Move] = MappingProxyType(
    {
        Act.RECEIVE: Move(frozenset({State.DRAFT}), State.RECEIVED, frozenset({Actor.WINDOW})),
        Act.ACCEPT: Move(_BEFORE_ACCEPTANCE, State.ACCEPTED, _ANY_HAND),
        Act.DEEM_ACCEPTED: Move(frozenset({State.RECEIVED}), State.DEEMED_ACCEPTED, _CALENDAR),
        Act.ASK_CORRECTION: Move(frozenset({State.DRAFT, State.RECEIVED}), State.AWAITING_CORRECTION, _ANY_HAND),
        Act.TAKE_CORRECTION: Move(
            frozenset({State.AWAITING_CORRECTION}), State.CORRECTION_MADE, frozenset({Actor.WINDOW})
        ),
        Act.LAPSE_CORRECTION: Move(frozenset({State.AWAITING_CORRECTION}), State.CORRECTION_LAPSED, _CALENDAR),
        Act.NOT_ACCEPT: Move(_BEFORE_ACCEPTANCE, State.NOT_ACCEPTED, _ANY_HAND),
        Act.BEGIN_REVIEW: Move(frozenset({State.ACCEPTED, State.DEEMED_ACCEPTED}), State.REVIEW, _DEPARTMENT),
        Act.BEGIN_SPECIAL: Move(frozenset({State.REVIEW}), State.SPECIAL_PROCEDURE, _DEPARTMENT),
        Act.END_SPECIAL: Move(frozenset({State.SPECIAL_PROCEDURE}), None, _DEPARTMENT),
        Act.SUSPEND: Move(_IN_HAND, State.SUSPENDED, _DEPARTMENT),
        Act.RESUME: Move(frozenset({State.SUSPENDED}), None, _DEPARTMENT),
        Act.EXTEND: Move(_IN_HAND, None, _DEPARTMENT),
        Act.DECIDE: Move(_IN_HAND, State.DECIDED, _DEPARTMENT),
        Act.FINISH: Move(frozenset({State.DECIDED}), State.FINISHED, _DEPARTMENT),
        Act.AWAIT_COLLECTION: Move(frozenset({State.FINISHED}), State.AWAITING_COLLECTION, _DEPARTMENT),
        Act.DELIVER: Move(frozenset({State.FINISHED, State.AWAITING_COLLECTION}), State.DELIVERED, _ANY_HAND),
        Act.ARCHIVE: Move(
            frozenset(
                {
                    State.FINISHED,
                    State.DELIVERED,
                    State.NOT_ACCEPTED,
                    State.CORRECTION_LAPSED,
                    State.WITHDRAWN,
                    State.TERMINATED,
                }
            ),
            State.ARCHIVED,
            _DEPARTMENT,
        ),
        Act.WITHDRAW: Move(
            frozenset({State.RECEIVED, State.AWAITING_CORRECTION, State.CORRECTION_MADE}) | _IN_HAND | _HELD,
            State.WITHDRAWN,
            _ANY_HAND,
        ),
        Act.TERMINATE: Move(_IN_HAND | _HELD, State.TERMINATED, _DEPARTMENT),
        Act.VOID: Move(frozenset({State.DRAFT}), State.VOIDED, frozenset({Actor.WINDOW})),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what may happen next to a case.

    `extendable`: its item knows an extension; `open_deferrals`: 容缺 materials not yet handed in.
    """

    state: State
    regime: Regime
    acceptance_mode: AcceptanceMode
    case_class: CaseClass
    extendable: bool
    corrections: int = 0
    extended: bool = False
    open_deferrals: int = 0
    held_from: State | None = None


UNLAWFUL = Fault(
    "CASE-101",
    tr("办件现为“{state}”，不能{act}"),
    tr("请核对办件编号和当前状态；如状态有误，请值班长在“办件”页查看经过"),
)
WRONG_ACTOR = Fault("CASE-102", tr("“{act}”不由{actor}办理"), tr("请由有权的一方办理；不清楚时请值班长协助"))
DEPARTMENT_ACCEPTS = Fault(
    "CASE-103",
    tr("本事项由承办部门受理，窗口只收件"),
    tr("请先收件并出具申请材料接收凭证，由部门在法定期限内作出受理决定"),
)
CORRECTED_ONCE = Fault(
    "CASE-104", tr("补正只能一次性告知，本件已告知过"), tr("请按已交材料作出受理或者依法定理由不予受理的决定")
)
NO_CORRECTION = Fault(
    "CASE-105",
    tr("本事项的受理规则没有补正告知"),
    tr("材料不符合要求时请当场书面告知不予受理，并写明需要补正的内容"),
)
NOT_EXTENDABLE = Fault("CASE-107", tr("本件不能延长办理期限"), tr("事项没有延长规定，或者已经延长过一次"))
DEFERRAL_OPEN = Fault("CASE-108", tr("还有 {count} 项容缺材料没有补齐，不能作出决定"), tr("请先补齐容缺材料"))
NOT_DEEMED = Fault("CASE-109", tr("本事项的受理规则没有视为受理"), tr("请按办事指南的规定办理"))
REVIEW_FIRST = Fault("CASE-110", tr("承诺件未经审查，不能作出决定"), tr("请先转入审查"))

ACT_WORDS: Mapping[Act, str] = MappingProxyType(
    {
        Act.RECEIVE: tr("收件", "act"),
        Act.ACCEPT: tr("受理", "act"),
        Act.DEEM_ACCEPTED: tr("视为受理", "act"),
        Act.ASK_CORRECTION: tr("告知补正", "act"),
        Act.TAKE_CORRECTION: tr("接收补正材料"),
        Act.LAPSE_CORRECTION: tr("按逾期未补正处理"),
        Act.NOT_ACCEPT: tr("不予受理", "act"),
        Act.BEGIN_REVIEW: tr("转入审查"),
        Act.BEGIN_SPECIAL: tr("进入特别程序"),
        Act.END_SPECIAL: tr("结束特别程序"),
        Act.SUSPEND: tr("中止", "act"),
        Act.RESUME: tr("恢复"),
        Act.EXTEND: tr("延长办理期限"),
        Act.DECIDE: tr("作出决定"),
        Act.FINISH: tr("办结", "act"),
        Act.AWAIT_COLLECTION: tr("转待领取"),
        Act.DELIVER: tr("送达"),
        Act.ARCHIVE: tr("归档", "act"),
        Act.WITHDRAW: tr("撤回申请", "act"),
        Act.TERMINATE: tr("终止办理"),
        Act.VOID: tr("作废", "act"),
    }
)
ACTOR_WORDS: Mapping[Actor, str] = MappingProxyType(
    {Actor.WINDOW: tr("窗口"), Actor.DEPARTMENT: tr("承办部门"), Actor.CALENDAR: tr("期限届满")}
)


def move(standing: Standing, act: Act, actor: Actor, *, ground: str | None = None) -> Standing:
    """Where the case stands after `act`. Raises CaseError with the reason when the act is not lawful.

    `ground` is the key of one of the regime's grounds; the window owes one for 不予受理, the department may have
    told it on its own paper.
    """
    lawful = MOVES[act]
    if standing.state not in lawful.before:
        raise CaseError(UNLAWFUL, state=STATE_WORDS[standing.state], act=ACT_WORDS[act])
    if actor not in lawful.actors:
        raise CaseError(WRONG_ACTOR, act=ACT_WORDS[act], actor=ACTOR_WORDS[actor])
    _guard(standing, act, actor, ground)
    return _after(standing, act, lawful)


def lawful_acts(standing: Standing, actor: Actor) -> frozenset[Act]:
    """The acts `actor` may do now."""
    ground = standing.regime.grounds[0].key

    def allowed(act: Act) -> bool:
        try:
            move(standing, act, actor, ground=ground)
        except CaseError:
            return False
        return True

    return frozenset(act for act in Act if allowed(act))


def _guard(standing: Standing, act: Act, actor: Actor, ground: str | None) -> None:
    decides = act in {Act.ACCEPT, Act.NOT_ACCEPT, Act.ASK_CORRECTION}
    if decides and actor is Actor.WINDOW and standing.acceptance_mode is AcceptanceMode.DEPARTMENT:
        raise CaseError(DEPARTMENT_ACCEPTS)
    if act is Act.ASK_CORRECTION and not standing.regime.asks_correction:
        raise CaseError(NO_CORRECTION)
    if act is Act.ASK_CORRECTION and standing.corrections:
        raise CaseError(CORRECTED_ONCE)
    if act is Act.NOT_ACCEPT and (ground is not None or actor is Actor.WINDOW):
        standing.regime.ground(ground or "")
    if act is Act.DEEM_ACCEPTED and not standing.regime.deems_acceptance:
        raise CaseError(NOT_DEEMED)
    if act is Act.EXTEND and (standing.extended or not standing.extendable):
        raise CaseError(NOT_EXTENDABLE)
    if act is Act.DECIDE:
        _guard_decision(standing)


def _guard_decision(standing: Standing) -> None:
    if standing.open_deferrals:
        raise CaseError(DEFERRAL_OPEN, count=standing.open_deferrals)
    if standing.state is not State.REVIEW and standing.case_class is not CaseClass.IMMEDIATE:
        raise CaseError(REVIEW_FIRST)


def _after(standing: Standing, act: Act, lawful: Move) -> Standing:
    if act is Act.EXTEND:
        return replace(standing, extended=True)
    if act in {Act.RESUME, Act.END_SPECIAL}:
        return replace(standing, state=standing.held_from or State.REVIEW, held_from=None)
    state = lawful.to or standing.state
    if act in {Act.SUSPEND, Act.BEGIN_SPECIAL}:
        return replace(standing, state=state, held_from=standing.state)
    if act is Act.ASK_CORRECTION:
        return replace(standing, state=state, corrections=standing.corrections + 1)
    return replace(standing, state=state)
