"""Head and foot of a page: whose paper it is, its numbers, the phones, the page count and the bar code."""

from client.rules.papers import PAPER_RULES, Voice
from client.text import chinese
from printing.papers import marks
from printing.papers.fonts import EM
from printing.papers.galley import Galley
from printing.papers.measures import LEFT, MEASURE, NORMAL, RIGHT, Foot
from printing.papers.sheet import HEIGHT, WIDTH, Sheet
from printing.papers.template import shipped
from printing.papers.text import Line, set_line
from printing.papers.wording import full_width

_SPACING = 3.0
_META = NORMAL.head.meta
_APART = 12.0  # between two lines that stand side by side
_BARS_WIDTH, _BARS_HEIGHT = 225.0, 30.0  # 0.44 mm a module: read by any hand scanner, and by a document camera
_NUMBER = 9.6
_EDGE = 9.6
_SAMPLE = chinese("样张，不是文书，不能作为凭证")


def draw_letterhead(sheet: Sheet, galley: Galley, reprint_no: int) -> None:
    """Head of the first page: 补打 mark, organ, title, numbers."""
    facts, head, lift = galley.facts, galley.measures.head, lift_of(galley)
    draw_copy_mark(sheet, reprint_no)
    if PAPER_RULES[facts.kind].voice is not Voice.APPLICANT:
        _spaced(sheet, set_line(full_width(galley.letterhead)), head.organ_at, head.organ)
    _spaced(sheet, set_line(full_width(facts.title), bold=True), head.title_at, head.title)
    if title := galley.second_title:
        line = set_line(title)
        sheet.centred(line, WIDTH / 2, head.second_at, min(head.second, MEASURE / max(line.width, 1.0) * EM))
    case = _case_number(galley)
    if facts.paper_number:
        number = set_line(full_width(facts.paper_number).replace(" ", ""))
        room = MEASURE - _APART - case.width * head.meta / EM
        sheet.text(number, LEFT, head.meta_at + lift, head.meta, room=room)
    sheet.flush_right(case, RIGHT, head.meta_at + lift, head.meta)


def lift_of(galley: Galley) -> float:
    """How much lower than usual all begins that stands below the title."""
    return galley.measures.head.lift if galley.second_title else 0.0


def draw_copy_mark(sheet: Sheet, reprint_no: int) -> None:
    """The mark of a 补打, in the upper right corner; nothing on a first print."""
    if reprint_no:
        mark = shipped().shared["reprint"].format(reprint_no=reprint_no)
        sheet.flush_right(set_line(mark, bold=True), RIGHT, 36.0, _META)


def draw_sample_mark(sheet: Sheet) -> None:
    """What keeps a sample from being taken for a paper."""
    sheet.text(set_line(_SAMPLE, bold=True), LEFT, 30.0, _META)


def draw_running_head(sheet: Sheet, galley: Galley) -> None:
    """Head of the other pages."""
    facts, shared = galley.facts, galley.shared
    case = _case_number(galley)
    room = MEASURE - _APART - case.width * _META / EM
    sheet.text(set_line(shared["running"].format(title=full_width(facts.title))), LEFT, 46.0, _META, room=room)
    sheet.flush_right(case, RIGHT, 46.0, _META)
    sheet.hairline(LEFT, 54.0, MEASURE)


def _case_number(galley: Galley) -> Line:
    """A draft has none."""
    number = galley.facts.case_number
    return set_line(galley.shared["case_number"].format(case_number=number) if number else "")


def draw_foot(sheet: Sheet, galley: Galley, page: int, pages: int) -> None:
    """Foot of every page; from two pages on with the place of the 骑缝章 at the right edge."""
    facts, shared, foot = galley.facts, galley.shared, galley.measures.foot
    phones = facts.organ.model_dump(include={"advice_phone", "supervision_phone"})
    both = PAPER_RULES[facts.kind].copies > 1
    copies = shared["copies" if both else "one_copy"].format(holder=galley.words["holder"], page=page, pages=pages)
    sheet.hairline(LEFT, foot.rule_at, MEASURE)
    _draw_phones(sheet, shared["advice"].format(**phones), foot)
    sheet.text(set_line(copies), LEFT, foot.second_at, foot.size, room=foot.room)
    if number := marks.compact(facts.case_number):
        marks.draw_bars(sheet, number, RIGHT - _BARS_WIDTH, foot.bars_at, _BARS_WIDTH, _BARS_HEIGHT)
        sheet.centred(set_line(f"{number[:-1]} {number[-1:]}"), RIGHT - _BARS_WIDTH / 2, foot.number_at, _NUMBER)
    if pages > 1 and PAPER_RULES[facts.kind].voice is not Voice.APPLICANT:
        for step, char in enumerate(shared["edge_seal"]):
            sheet.centred(set_line(char), (RIGHT + WIDTH) / 2, HEIGHT / 2 + step * 14.0, _EDGE)


def _draw_phones(sheet: Sheet, words: str, foot: Foot) -> None:
    """In one line; long ones that were too small there in two, parted at the blank between them."""
    line = set_line(words)
    first, blank, second = words.partition("　")
    if blank and foot.above_at is not None and line.width * foot.size / EM > foot.room:
        sheet.text(set_line(first), LEFT, foot.above_at, foot.size, room=foot.room)
        line = set_line(second)
    sheet.text(line, LEFT, foot.first_at, foot.size, room=foot.room)


def _spaced(sheet: Sheet, line: Line, baseline: float, size: float) -> None:
    """A spaced line in the middle, closed up and then made smaller when it is too long."""
    gaps = max(len(line.letters) - 1, 1)
    spacing = max(0.0, min(_SPACING, (MEASURE - line.width * size / EM) / gaps))
    size = min(size, MEASURE / max(line.width, 1.0) * EM)
    sheet.centred(line, WIDTH / 2, baseline, size, spacing=spacing)
