"""Head and foot of a page: whose paper it is, its numbers, the phones, the page count and the bar code."""

from client.ports.papers import PaperFacts, PaperOrder
from printing.papers import marks
from printing.papers.flow import LEFT, MEASURE, RIGHT
from printing.papers.fonts import EM
from printing.papers.sheet import HEIGHT, WIDTH, Sheet
from printing.papers.text import Line, set_line
from printing.papers.wording import full_width, wording

_ORGAN, _ORGAN_SPACING = 15.0, 3.0
_TITLE, _TITLE_SPACING = 21.0, 3.0
_META = 10.5
_FINE = 9.6
_BARS_WIDTH = 225.0  # 0.44 mm a module: read by any hand scanner, and by a document camera


def draw_letterhead(sheet: Sheet, order: PaperOrder) -> None:
    """Head of the first page: 补打 mark, organ, title, numbers."""
    facts, shared = order.facts, wording()["shared"]
    draw_copy_mark(sheet, order)
    _spaced(sheet, set_line(full_width(facts.organ.name)), 59.3, _ORGAN, _ORGAN_SPACING)
    _spaced(sheet, set_line(full_width(facts.title), bold=True), 96.5, _TITLE, _TITLE_SPACING)
    if facts.paper_number:
        sheet.text(set_line(full_width(facts.paper_number).replace(" ", "")), LEFT, 126.0, _META)
    sheet.flush_right(set_line(shared["case_number"].format(case_number=facts.case_number)), RIGHT, 126.0, _META)


def draw_copy_mark(sheet: Sheet, order: PaperOrder) -> None:
    """The mark of a 补打, in the upper right corner; nothing on a first print."""
    if order.reprint_no:
        mark = wording()["shared"]["reprint"].format(reprint_no=order.reprint_no)
        sheet.flush_right(set_line(mark, bold=True), RIGHT, 36.0, _META)


def draw_running_head(sheet: Sheet, facts: PaperFacts) -> None:
    """Head of the other pages."""
    shared = wording()["shared"]
    sheet.text(set_line(shared["running"].format(title=full_width(facts.title))), LEFT, 46.0, _META)
    sheet.flush_right(set_line(shared["case_number"].format(case_number=facts.case_number)), RIGHT, 46.0, _META)
    sheet.hairline(LEFT, 54.0, MEASURE)


def draw_foot(sheet: Sheet, facts: PaperFacts, page: int, pages: int) -> None:
    """Foot of every page; from two pages on with the place of the 骑缝章 at the right edge."""
    words = wording()
    shared = words["shared"]
    phones = facts.organ.model_dump(include={"advice_phone", "supervision_phone"})
    copies = shared["copies"].format(holder=words[facts.kind]["holder"], page=page, pages=pages)
    sheet.hairline(LEFT, 755.0, MEASURE)
    sheet.text(set_line(shared["advice"].format(**phones)), LEFT, 787.0, _FINE)
    sheet.text(set_line(copies), LEFT, 804.5, _FINE)
    number = marks.compact(facts.case_number)
    marks.draw_bars(sheet, number, RIGHT - _BARS_WIDTH, 762.0, _BARS_WIDTH, 30.0)
    sheet.centred(set_line(f"{number[:-1]} {number[-1:]}"), RIGHT - _BARS_WIDTH / 2, 804.5, _FINE)
    if pages > 1:
        for step, char in enumerate(shared["edge_seal"]):
            sheet.centred(set_line(char), (RIGHT + WIDTH) / 2, HEIGHT / 2 + step * 14.0, _FINE)


def _spaced(sheet: Sheet, line: Line, baseline: float, size: float, spacing: float) -> None:
    """A spaced line in the middle, closed up and then made smaller when it is too long."""
    gaps = max(len(line.letters) - 1, 1)
    spacing = max(0.0, min(spacing, (MEASURE - line.width * size / EM) / gaps))
    size = min(size, MEASURE / max(line.width, 1.0) * EM)
    sheet.centred(line, WIDTH / 2, baseline, size, spacing=spacing)
