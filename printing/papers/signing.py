"""The end of a paper: who acted, the mark to scan, the empty place for the wet seal, and who signs for it."""

from dataclasses import replace
from functools import partial

from client.ports.papers import PaperKind
from client.rules.papers import PAPER_RULES, Voice
from printing.papers.flow import Piece
from printing.papers.fonts import EM
from printing.papers.galley import Galley
from printing.papers.measures import LEFT, MEASURE, NORMAL
from printing.papers.sheet import MIDDLE, Sheet
from printing.papers.tables import Cell, rows
from printing.papers.template import shipped
from printing.papers.text import Span, set_line, set_lines
from printing.papers.wording import day, full_width

_SEAL_HEIGHT = 131.0  # 46 mm, kept empty but for name and date: the seal must cover nothing else
_SEAL_MIDDLE = 425.0
_SEAL_MEASURE = 232.0
QR_SIDE = 70.9  # 25 mm: 0.41 mm a module of a signed statement with usual names
QUIET = 5.8  # four modules of the coarsest, ISO/IEC 18004
CAPTION = 9.4  # in large type too: whoever seals lays other words over these


def ending(galley: Galley) -> list[Piece]:
    """The last pieces of a paper; they stay together on one page. The applicant's own are signed by them alone."""
    *rest, last = _signatures(galley)
    signatures = [*(replace(piece, with_next=True) for piece in rest), last]
    if PAPER_RULES[galley.facts.kind].voice is Voice.APPLICANT:
        return [replace(signatures[0], space=galley.measures.gap), *signatures[1:]]
    return [
        Piece(galley.measures.clerk_height, partial(_clerk, galley=galley), with_next=True),
        Piece(_SEAL_HEIGHT, partial(_seal_place, galley=galley), with_next=True),
        *signatures,
    ]


def _clerk(sheet: Sheet, top: float, *, galley: Galley) -> None:
    facts, size = galley.facts, galley.measures.clerk
    clerk = facts.model_dump(include={"clerk_name", "clerk_no", "clerk_phone"})
    text = galley.shared["clerk"].format(role=galley.words["role"], **clerk)
    sheet.text(set_line(text), LEFT, top + galley.measures.clerk_height / 2 + MIDDLE * size, size, room=MEASURE)


def _seal_place(sheet: Sheet, top: float, *, galley: Galley) -> None:
    facts, words, name_size = galley.facts, shipped().shared, galley.measures.name
    side = QR_SIDE + 2 * QUIET
    edge = top + (_SEAL_HEIGHT - side) / 2
    sheet.frame(LEFT, edge, side, side)
    sheet.leave_square(LEFT + QUIET, edge + QUIET, QR_SIDE)
    middle = edge + side / 2
    sheet.text(set_line(words["scan"]), LEFT + side + 10, middle - 3.5, CAPTION)
    why = words["scan_why" if PAPER_RULES[facts.kind].sealed else "scan_slip"]  # a slip bears no seal
    sheet.text(set_line(why), LEFT + side + 10, middle + 11.5, CAPTION)
    names = set_lines([Span(full_width(facts.organ.name))], _SEAL_MEASURE / name_size * EM)
    leading = galley.measures.name_leading
    rise = 7 + leading - NORMAL.name_leading  # the date, by which the seal finds its place, stands where it always does
    baseline = top + _SEAL_HEIGHT / 2 - rise - (len(names) - 1) * leading / 2
    for name in names:
        sheet.centred(name, _SEAL_MIDDLE, baseline, name_size)
        baseline += leading
    sheet.centred(set_line(day(facts.issued_at)), _SEAL_MIDDLE, baseline + 6, name_size)


def _signatures(galley: Galley) -> list[Piece]:
    """Who signs, each in a row: the applicant for an organ's paper, both sides for a slip, or whom its words name."""
    measures, blank = galley.measures, galley.shared["date_blank"]

    def row(signer: str) -> list[Cell]:
        who, date = (Cell(galley.labels[key], shaded=True, second=galley.second_label(key)) for key in (signer, "date"))
        return [who, Cell(""), date, Cell(blank)]

    if PAPER_RULES[galley.facts.kind].sealed:
        return rows(measures.one_signs, [row("signed_for")], least=measures.signature, measures=measures)
    table = [row(key) for key in galley.words.get("signers", ("applicant_signs", "clerk_signs"))]
    if galley.facts.kind is PaperKind.DELIVERY_RECORD:
        remark = Cell(galley.labels["remark"], shaded=True, second=galley.second_label("remark"))
        table.append([remark, Cell("", columns=3)])
    return rows(measures.both_sign, table, least=measures.signature, measures=measures)
