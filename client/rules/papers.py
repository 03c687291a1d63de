"""The kinds of paper a window makes: whose word each is, whether it is numbered and sealed, and when it may be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from client.errors import CaseError, Fault
from client.rules.case import STATE_WORDS, State
from client.text import tr


class PaperKind(StrEnum):
    """The kinds of 文书; names as in the glossary.

    不受理告知书 is a non_acceptance_notice whose ground has a title of its own.
    """

    RECEIVING_SLIP = "receiving_slip"
    CORRECTION_SLIP = "correction_slip"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    DEFERRAL_NOTICE = "deferral_notice"
    DEFERRAL_PLEDGE = "deferral_pledge"
    CORRECTION_NOTICE = "correction_notice"
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"
    DECLARATION = "declaration"
    POWER_OF_ATTORNEY = "power_of_attorney"
    PRIVACY_NOTICE = "privacy_notice"
    SPECIAL_PROCEDURE_NOTICE = "special_procedure_notice"
    HEARING_NOTICE = "hearing_notice"
    EXTENSION_NOTICE = "extension_notice"
    FEE_NOTICE = "fee_notice"
    GRANT = "grant"
    DENIAL = "denial"
    TERMINATION_NOTICE = "termination_notice"
    WITHDRAWAL_NOTICE = "withdrawal_notice"
    ORIGINALS_RECEIPT = "originals_receipt"
    DELIVERY_RECORD = "delivery_record"
    BUNDLE_SLIP = "bundle_slip"


PAPER_WORDS: Mapping[PaperKind, str] = MappingProxyType(
    {
        PaperKind.RECEIVING_SLIP: tr("申请材料接收凭证"),
        PaperKind.CORRECTION_SLIP: tr("补正材料接收凭证"),
        PaperKind.ACCEPTANCE_NOTICE: tr("受理通知书"),
        PaperKind.DEFERRAL_NOTICE: tr("容缺受理通知书"),
        PaperKind.DEFERRAL_PLEDGE: tr("容缺受理承诺书"),
        PaperKind.CORRECTION_NOTICE: tr("申请材料补正告知书"),
        PaperKind.NON_ACCEPTANCE_NOTICE: tr("不予受理通知书"),
        PaperKind.DECLARATION: tr("告知承诺书"),
        PaperKind.POWER_OF_ATTORNEY: tr("授权委托书"),
        PaperKind.PRIVACY_NOTICE: tr("个人信息处理告知书"),
        PaperKind.SPECIAL_PROCEDURE_NOTICE: tr("特别程序告知书"),
        PaperKind.HEARING_NOTICE: tr("听证告知书"),
        PaperKind.EXTENSION_NOTICE: tr("延长办理期限通知书"),
        PaperKind.FEE_NOTICE: tr("缴费通知书"),
        PaperKind.GRANT: tr("准予决定书"),
        PaperKind.DENIAL: tr("不予决定书"),
        PaperKind.TERMINATION_NOTICE: tr("终止办理通知书"),
        PaperKind.WITHDRAWAL_NOTICE: tr("撤回申请确认书"),
        PaperKind.ORIGINALS_RECEIPT: tr("原件退还签收单"),
        PaperKind.DELIVERY_RECORD: tr("送达回证"),
        PaperKind.BUNDLE_SLIP: tr("“一件事”合并回执"),
    }
)


class Voice(StrEnum):
    """Whose word a paper is."""

    ORGAN = "organ"  # 文书编号 and 专用章 (行政许可法 第三十二条第二款)
    WINDOW = "window"  # a slip of what passed over the counter: both sides sign, no seal
    APPLICANT = "applicant"  # the applicant's own, filled in by the window: they sign it, it becomes a material


@dataclass(frozen=True, slots=True)
class PaperRule:
    """How a kind of paper is made.

    `states`: of the case, in which a person may have it made; empty where only an act of the window makes it.
    """

    voice: Voice
    copies: int = 2
    states: frozenset[State] = frozenset()

    @property
    def sealed(self) -> bool:
        """Numbered by the organ, and not handed out before its seal."""
        return self.voice is Voice.ORGAN


_OPEN = frozenset({State.DRAFT, State.RECEIVED, State.AWAITING_CORRECTION, State.CORRECTION_MADE})
_IN_HAND = frozenset({State.ACCEPTED, State.DEEMED_ACCEPTED, State.REVIEW})
_HELD = frozenset({State.SPECIAL_PROCEDURE, State.SUSPENDED})
_DECIDED = frozenset({State.DECIDED, State.FINISHED, State.AWAITING_COLLECTION, State.DELIVERED})
_ENDED = frozenset({State.NOT_ACCEPTED, State.CORRECTION_LAPSED, State.WITHDRAWN, State.TERMINATED})
_NUMBERED = (_OPEN - {State.DRAFT}) | _IN_HAND | _HELD | _DECIDED | _ENDED

PAPER_RULES: Mapping[PaperKind, PaperRule] = MappingProxyType(
    {
        PaperKind.RECEIVING_SLIP: PaperRule(Voice.WINDOW),
        PaperKind.CORRECTION_SLIP: PaperRule(Voice.WINDOW),
        PaperKind.ACCEPTANCE_NOTICE: PaperRule(Voice.ORGAN),
        PaperKind.DEFERRAL_NOTICE: PaperRule(Voice.ORGAN),
        PaperKind.DEFERRAL_PLEDGE: PaperRule(Voice.APPLICANT, states=_OPEN | _IN_HAND),
        PaperKind.CORRECTION_NOTICE: PaperRule(Voice.ORGAN),
        PaperKind.NON_ACCEPTANCE_NOTICE: PaperRule(Voice.ORGAN),
        PaperKind.DECLARATION: PaperRule(Voice.APPLICANT, states=_OPEN),
        PaperKind.POWER_OF_ATTORNEY: PaperRule(Voice.APPLICANT, copies=1, states=_OPEN | _IN_HAND | _DECIDED),
        PaperKind.PRIVACY_NOTICE: PaperRule(Voice.APPLICANT, states=_OPEN),
        PaperKind.SPECIAL_PROCEDURE_NOTICE: PaperRule(Voice.ORGAN, states=_IN_HAND | _HELD),
        PaperKind.HEARING_NOTICE: PaperRule(Voice.ORGAN, states=_IN_HAND),
        PaperKind.EXTENSION_NOTICE: PaperRule(Voice.ORGAN, states=_IN_HAND),
        PaperKind.FEE_NOTICE: PaperRule(Voice.ORGAN, states=_IN_HAND | _DECIDED),
        PaperKind.GRANT: PaperRule(Voice.ORGAN, states=_DECIDED),
        PaperKind.DENIAL: PaperRule(Voice.ORGAN, states=_DECIDED),
        PaperKind.TERMINATION_NOTICE: PaperRule(Voice.ORGAN, states=frozenset({State.TERMINATED})),
        PaperKind.WITHDRAWAL_NOTICE: PaperRule(Voice.ORGAN, states=frozenset({State.WITHDRAWN})),
        PaperKind.ORIGINALS_RECEIPT: PaperRule(Voice.WINDOW, states=_NUMBERED),
        PaperKind.DELIVERY_RECORD: PaperRule(Voice.WINDOW, copies=1, states=_NUMBERED),
        PaperKind.BUNDLE_SLIP: PaperRule(Voice.WINDOW, states=_NUMBERED),
    }
)

NOT_NOW = Fault(
    "PAPER-340",
    tr("办件现为“{state}”，不能出具{paper}"),
    tr("请核对办件编号和当前状态；受理、补正、不予受理的文书随办理动作出具，不单独出具"),
)


def require_state(kind: PaperKind, state: State) -> None:
    """Raise CaseError unless a person may have a paper of `kind` made for a case that stands so."""
    if state not in PAPER_RULES[kind].states:
        raise CaseError(NOT_NOW, state=STATE_WORDS[state], paper=PAPER_WORDS[kind])


def issuable(state: State) -> tuple[PaperKind, ...]:
    """The kinds a person may have made for a case that stands so, in the order they are told."""
    return tuple(kind for kind, rule in PAPER_RULES.items() if state in rule.states)
