"""The short form of a receiving slip for a roll of 80 mm: the same frozen facts, line by line. A4 stays the paper.

What it says is what somebody needs who waits or calls: number, item, when and where, whom to ask. No material is
listed, and nobody is named but the applicant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from client.ports.papers import PaperFacts, PaperKind
from client.text import chinese
from printing.papers.wording import full_width, minute

KINDS = frozenset({PaperKind.RECEIVING_SLIP})
"""Kinds that have a short form."""

SHORT_FORM = chinese("申请材料接收凭证（短联）")
MEANING = chinese("收件不等于受理，材料清单见A4凭证。")
REPRINT = chinese("补打第{count}次")
TRIAL = chinese("生僻字完整：𠮷 㐂 䶮 𬺗 𰀀")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one paragraph; `large`: twice as high."""

    text: str
    bold: bool = False
    large: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with these words in it."""

    content: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line across."""


Strip = Words | Code | Stroke


def short_form(facts: PaperFacts, reprint_no: int) -> Sequence[Strip]:
    """What the roll says of a paper in `KINDS`, large where the paper is; a 补打 bears its mark."""
    organ = facts.organ
    told = [
        (chinese("申请人"), facts.applicant_name),
        (chinese("事项"), facts.item_name),
        (chinese("收件时间"), minute(facts.received_at)),
        (chinese("窗口"), f"{facts.hall_name}{facts.window_no}号窗口"),
        (chinese("咨询电话"), organ.advice_phone),
        (chinese("监督电话"), organ.supervision_phone),
    ]
    return [
        Words(full_width(organ.name), bold=True, centred=True),
        Words(SHORT_FORM, bold=True, centred=True),
        *([Words(REPRINT.format(count=reprint_no), bold=True, centred=True)] if reprint_no else []),
        Stroke(),
        Words(facts.case_number, bold=True, centred=True),
        Words(facts.query_code, large=True, centred=True),
        *(Words(f"{name}：{full_width(words)}", large=facts.look.large) for name, words in told if words),
        Stroke(),
        Words(MEANING, large=facts.look.large),
        Code(f"{facts.case_number} {facts.query_code}"),
    ]


def trial_strips(title: str) -> Sequence[Strip]:
    """What is printed when a printer is tried."""
    return [Words(title, large=True, centred=True), Stroke(), Words(TRIAL), Code(title)]
