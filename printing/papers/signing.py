"""The end of a paper: who acted, the mark to scan, the empty place for the wet seal, and who signs for it."""

from dataclasses import replace
from functools import partial

from client.ports.papers import PaperFacts, PaperKind
from printing.papers.flow import LEFT, MEASURE, Piece
from printing.papers.fonts import EM
from printing.papers.sheet import MIDDLE, Sheet
from printing.papers.tables import Cell, rows
from printing.papers.text import Span, set_line, set_lines
from printing.papers.wording import day, full_width, wording

_CLERK = 10.5
_CLERK_HEIGHT = 30.0
_SEAL_HEIGHT = 131.0  # 46 mm, kept empty but for name and date: the seal must cover nothing else
_SEAL_MIDDLE = 425.0
_SEAL_MEASURE = 232.0
_NAME = 11.6
_NAME_LEADING = 17.0
QR_SIDE = 70.9  # 25 mm: 0.41 mm a module of a signed statement with usual names
QUIET = 5.8  # four modules of the coarsest, ISO/IEC 18004
CAPTION = 9.4
_SIGNATURE = 33.0
_ONE_SIGNS = (82.5, 230.2, 67.5, MEASURE - 82.5 - 230.2 - 67.5)
_BOTH_SIGN = (118.0, 170.0, 82.0, MEASURE - 118.0 - 170.0 - 82.0)


def ending(facts: PaperFacts) -> list[Piece]:
    """The last pieces of a paper; they stay together on one page. A receiving slip is signed by both sides."""
    *rest, last = _signatures(both_sign=facts.kind is PaperKind.RECEIVING_SLIP)
    return [
        Piece(_CLERK_HEIGHT, partial(_clerk, facts=facts), with_next=True),
        Piece(_SEAL_HEIGHT, partial(_seal_place, facts=facts), with_next=True),
        *(replace(piece, with_next=True) for piece in rest),
        last,
    ]


def _clerk(sheet: Sheet, top: float, *, facts: PaperFacts) -> None:
    words = wording()
    text = words["shared"]["clerk"].format(role=words[facts.kind]["role"], **facts.model_dump(include=_CLERK_FACTS))
    sheet.text(set_line(text), LEFT, top + _CLERK_HEIGHT / 2 + MIDDLE * _CLERK, _CLERK)


_CLERK_FACTS = {"clerk_name", "clerk_no", "clerk_phone"}


def _seal_place(sheet: Sheet, top: float, *, facts: PaperFacts) -> None:
    shared = wording()["shared"]
    side = QR_SIDE + 2 * QUIET
    edge = top + (_SEAL_HEIGHT - side) / 2
    sheet.frame(LEFT, edge, side, side)
    sheet.leave_square(LEFT + QUIET, edge + QUIET, QR_SIDE)
    middle = edge + side / 2
    sheet.text(set_line(shared["scan"]), LEFT + side + 10, middle - 3.5, CAPTION)
    sheet.text(set_line(shared["scan_why"]), LEFT + side + 10, middle + 11.5, CAPTION)
    names = set_lines([Span(full_width(facts.organ.name))], _SEAL_MEASURE / _NAME * EM)
    baseline = top + _SEAL_HEIGHT / 2 - 7 - (len(names) - 1) * _NAME_LEADING / 2
    for name in names:
        sheet.centred(name, _SEAL_MIDDLE, baseline, _NAME)
        baseline += _NAME_LEADING
    sheet.centred(set_line(day(facts.issued_at)), _SEAL_MIDDLE, baseline + 6, _NAME)


def _signatures(*, both_sign: bool) -> list[Piece]:
    labels, blank = wording()["labels"], wording()["shared"]["date_blank"]
    date = (Cell(labels["date"], shaded=True), Cell(blank))
    if not both_sign:
        return rows(_ONE_SIGNS, [[Cell(labels["signed_for"], shaded=True), Cell(""), *date]], least=_SIGNATURE)
    signers = (labels["applicant_signs"], labels["clerk_signs"])
    table = [[Cell(signer, shaded=True), Cell(""), *date] for signer in signers]
    return rows(_BOTH_SIGN, table, least=_SIGNATURE)
