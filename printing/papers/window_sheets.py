"""Draws the window's own sheets: A4 with tables that run from page to page, and the ticket on a roll of 72 mm."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, TypeAlias

from client.ports.sheets import DayClose, HandOverSlip, OwedLine, ShiftHandOver, Ticket, WindowSheet
from printing.faults import NOT_DRAWN, PaperError
from printing.papers.binding import bound
from printing.papers.flow import Piece, paginate
from printing.papers.fonts import EM
from printing.papers.measures import LEFT, MEASURE, NORMAL, RIGHT
from printing.papers.sheet import WIDTH, Sheet
from printing.papers.tables import Cell, rows
from printing.papers.text import Line, Span, set_line, set_lines
from printing.papers.typecase import Typecase
from printing.papers.wording import day, full_width, minute

WORDS = "sheets-2026.1"
_TITLE, _META = 21.0, 10.5
_TITLE_AT, _META_AT, _BODY_AT = 62.0, 90.0, 104.0
_RUNNING_AT, _FOOT_AT = 46.0, 804.5
_BOTTOM = 780.0
_MADE, _APART = 0.55, 12.0  # of the head's line for who made it and when, at most; points between the two
_NUMBER = 36.0
_LINES = (_NUMBER, 164.0, 102.0, 54.0, 100.0, MEASURE - _NUMBER - 164.0 - 102.0 - 54.0 - 100.0)
_FIGURES = (170.0, MEASURE / 2 - 170.0, 170.0, MEASURE / 2 - 170.0)
_SERIES = (_NUMBER, 150.0, 42.0, 110.0, 52.0, 52.0, MEASURE - _NUMBER - 150.0 - 42.0 - 110.0 - 52.0 - 52.0)
_OWED = (_NUMBER, 92.0, 170.0, MEASURE - _NUMBER - 92.0 - 170.0)
_SIGN = (118.0, 170.0, 82.0, MEASURE - 118.0 - 170.0 - 82.0)
Tables: TypeAlias = Callable[[Any, Mapping[str, Any]], list[Piece]]
"""The tables of one kind of sheet, with the words of its kind."""

_ROLL, _TICKET_HEIGHT = 204.1, 198.4  # 72 × 70 mm


@cache
def words() -> Mapping[str, Any]:
    """By kind of sheet, and what all share."""
    return tomllib.loads((files("resources") / "papers" / f"{WORDS}.toml").read_text(encoding="utf-8"))


def drawn(sheet: WindowSheet) -> bytes:
    """A PDF of A4, a ticket on 72 mm of a roll; the same sheet gives the same bytes. Raises PaperError."""
    try:
        return _ticket(sheet) if isinstance(sheet, Ticket) else _pages(sheet, *_KINDS[type(sheet)])
    except (OSError, ValueError) as error:
        raise PaperError(NOT_DRAWN, template=WORDS) from error


def _pages(sheet: WindowSheet, kind: str, tables: Tables) -> bytes:
    said, typecase = words()[kind], Typecase()
    later = isinstance(sheet, DayClose | ShiftHandOver) and sheet.day != sheet.made_at.date()
    text = said["text_later" if later else "text"]
    pieces = [*_paragraph(_filled(text, sheet)), *tables(sheet, said), *_signatures(said["signers"])]
    pages = paginate(pieces, _BODY_AT, _BOTTOM)
    made: list[Sheet] = []
    for number, placed in enumerate(pages, start=1):
        page = Sheet(typecase)
        _head(page, said["title"], sheet, first=number == 1)
        for each in placed:
            each.piece.draw(page, each.top)
        count = words()["shared"]["page"].format(page=number, pages=len(pages))
        page.flush_right(set_line(count), RIGHT, _FOOT_AT, _META)
        made.append(page)
    return bound(made, typecase, lambda document: document.setTitle(said["title"]))


def _head(page: Sheet, title: str, sheet: WindowSheet, *, first: bool) -> None:
    shared = words()["shared"]
    if not first:
        page.text(set_line(shared["running"].format(title=title)), LEFT, _RUNNING_AT, _META)
        page.hairline(LEFT, _RUNNING_AT + 8.0, MEASURE)
        return
    page.centred(set_line(title, bold=True), WIDTH / 2, _TITLE_AT, _TITLE, spacing=3.0)
    made = set_line(_filled(shared["made"], sheet))
    size = _fitting(made, _META, MEASURE * _MADE)
    page.flush_right(made, RIGHT, _META_AT, size)
    room = MEASURE - made.width * size / EM - _APART
    page.text(set_line(_filled(shared["window"], sheet)), LEFT, _META_AT, _META, room=room)


def _fitting(line: Line, size: float, room: float) -> float:
    """The size at which the line is no wider than `room`."""
    return min(size, room / max(line.width, 1.0) * EM)


def _filled(sentence: str, sheet: WindowSheet) -> str:
    shared = words()["shared"]
    known = sheet.model_dump() | {"made_at": minute(sheet.made_at)}
    known["window"] = shared["window"].format(**known)
    if isinstance(sheet, DayClose | ShiftHandOver):
        known["day"] = day(sheet.day)
    return full_width(sentence.format(**known))


def _paragraph(text: str) -> list[Piece]:
    lines = set_lines([Span("　　"), Span(text)], MEASURE / NORMAL.body * EM, justified=True)

    def draw(page: Sheet, top: float, *, at: int) -> None:
        page.text(lines[at], LEFT, top + (NORMAL.leading + 0.76 * NORMAL.body) / 2, NORMAL.body)

    return [Piece(NORMAL.leading, partial(draw, at=at)) for at in range(len(lines))]


def _handed_over(sheet: HandOverSlip, said: Mapping[str, Any]) -> list[Piece]:
    lines = [(line.case_number, line.item, line.applicant, line.materials, "") for line in sheet.lines]
    return _table(said["lines"], _LINES, lines)


def _closed(sheet: DayClose, said: Mapping[str, Any]) -> list[Piece]:
    series = [(each.series, each.issued, each.voided, each.returned, each.free, each.gaps) for each in sheet.series]
    return [*_figures(sheet, said), *_table(said["series"], _SERIES, series), *_owed(sheet.owed, said)]


def _handed_on(sheet: ShiftHandOver, said: Mapping[str, Any]) -> list[Piece]:
    return [*_figures(sheet, said), *_owed(sheet.owed, said)]


def _figures(sheet: DayClose | ShiftHandOver, said: Mapping[str, Any]) -> list[Piece]:
    """Two in a row."""
    cells = [[Cell(full_width(each.label), shaded=True), Cell(full_width(each.value))] for each in sheet.figures]
    pairs = zip_longest(cells[::2], cells[1::2], fillvalue=[Cell("", shaded=True), Cell("")])
    header = [Cell(label, shaded=True, bold=True) for label in said["figures"]]
    return rows(_FIGURES, [[*left, *right] for left, right in pairs], header=header, space=NORMAL.gap)


def _owed(owed: Sequence[OwedLine], said: Mapping[str, Any]) -> list[Piece]:
    if not owed:
        return _paragraph(said["none"])
    return _table(said["owed"], _OWED, [(line.what, line.case_number, line.words) for line in owed])


def _table(labels: Sequence[str], widths: Sequence[float], lines: Sequence[Sequence[str]]) -> list[Piece]:
    header = [Cell(label, shaded=True) for label in labels]
    table = [[Cell(full_width(text)) for text in (str(number), *line)] for number, line in enumerate(lines, start=1)]
    return rows(widths, table, header=header, space=NORMAL.gap) if table else []


def _signatures(signers: Sequence[str]) -> list[Piece]:
    shared = words()["shared"]
    table = [
        [Cell(signer, shaded=True), Cell(""), Cell(shared["date"], shaded=True), Cell(shared["date_blank"])]
        for signer in signers
    ]
    table.append([Cell(shared["remark"], shaded=True), Cell("", columns=3)])
    return rows(_SIGN, table, least=NORMAL.signature, space=NORMAL.gap * 2)


def _ticket(ticket: Ticket) -> bytes:
    said, typecase = words()["ticket"], Typecase()
    page = Sheet(typecase)
    middle = _ROLL / 2
    hall, number = set_line(full_width(ticket.hall_name)), set_line(ticket.number, bold=True)
    page.centred(hall, middle, 22.0, _fitting(hall, 11.0, _ROLL - 16.0))
    page.centred(number, middle, 84.0, _fitting(number, 48.0, _ROLL - 16.0))
    for at, line in enumerate(set_lines([Span(full_width(ticket.item))], (_ROLL - 16.0) / 12.0 * EM)[:2]):
        page.centred(line, middle, 112.0 + at * 16.0, 12.0)
    page.centred(set_line(said["ahead"].format(ahead=ticket.ahead)), middle, 150.0, 13.0)
    page.centred(set_line(minute(ticket.made_at)), middle, 169.0, 10.0)
    page.centred(set_line(said["wait"]), middle, 186.0, 9.0)
    return bound([page], typecase, lambda document: document.setTitle(said["title"]), size=(_ROLL, _TICKET_HEIGHT))


_KINDS: Mapping[type[WindowSheet], tuple[str, Tables]] = MappingProxyType(
    {
        HandOverSlip: ("hand_over_slip", _handed_over),
        DayClose: ("day_close", _closed),
        ShiftHandOver: ("shift_hand_over", _handed_on),
    }
)
