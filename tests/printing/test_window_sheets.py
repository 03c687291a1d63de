"""The window's own sheets on paper: whole, counted by page, with those who sign; the ticket on a roll."""

from datetime import timedelta
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from pypdf import PdfReader

from client.ports.sheets import DayClose, ShiftHandOver, WindowSheet
from printing.faults import PaperError
from printing.papers import window_sheets
from printing.papers.measures import LEFT, RIGHT
from printing.papers.window_sheets import drawn
from tests.printing.window_sheets import day, shift, slip, ticket


def said(sheet: WindowSheet) -> str:
    pages = PdfReader(BytesIO(drawn(sheet))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("sheet", [slip(), day(), shift()], ids=lambda sheet: type(sheet).__name__)
def test_a_sheet_says_whose_it_is_what_it_tells_and_who_signs(sheet: WindowSheet) -> None:
    text = said(sheet)
    kind, _ = window_sheets._KINDS[type(sheet)]
    words = window_sheets.words()[kind]
    for each in (words["title"], "示例市政务服务大厅07号窗口", "张三（工号0207）", *words["signers"], "第1页共1页"):
        assert each in text
    assert "110101-01-07-20261123-0043-6" in text
    assert drawn(sheet) == drawn(sheet)


def test_sixty_cases_repeat_the_header_on_every_page() -> None:
    text = said(slip(60))
    assert text.count("序号办件编号事项") == 4
    assert "第4页共4页" in text
    assert text.count("物料流转凭证（续）") == 3


def test_every_figure_stands_on_the_sheet_once() -> None:
    text = said(shift())
    assert [text.count(each) for each in ("收件43", "受理40", "草稿1")] == [1, 1, 1]


def test_a_day_with_nothing_owed_says_so() -> None:
    assert "没有未了事项。" in said(day(()))
    assert "没有未了事项。" not in said(day())


def test_a_ticket_is_as_large_as_a_roll_and_bears_number_and_wait() -> None:
    with pypdfium2.PdfDocument(drawn(ticket())) as document:
        width, height = document[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (72, 70)
        ink = document[0].render(scale=1).to_pil().convert("L").point(lambda shade: shade < 128).getbbox()
    assert ink is not None
    assert ink[0] > 0
    assert ink[3] < height
    assert all(each in said(ticket()) for each in ("A012", "企业开办", "前面还有5人"))


def test_the_longest_names_stand_beside_each_other_and_on_the_roll() -> None:
    long = {"hall_name": "示例" * 20, "made_by": "李四" * 20 + "（工号0208）"}
    with pypdfium2.PdfDocument(drawn(slip().model_copy(update=long))) as document:
        text = document[0].get_textpage()
        words = text.get_text_range()
        made, window = words.index("2026年11月23日10时46分"), words.index("示例示例")
        left, end = text.get_charbox(window)[0], text.get_charbox(words.index("号窗口", window) + 2)[2]
        begins, right = text.get_charbox(made)[0], text.get_charbox(words.index("0208）") + 4)[2]
    assert LEFT <= left < end < begins < right <= RIGHT
    with pypdfium2.PdfDocument(drawn(ticket().model_copy(update={**long, "number": "企业开办A0012"}))) as document:
        text, (width, _) = document[0].get_textpage(), document[0].get_size()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    assert min(box[0] for box in boxes if box[2] > box[0]) > 0
    assert max(box[2] for box in boxes) < width


def test_words_that_are_gone_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OSError

    monkeypatch.setattr(window_sheets, "words", gone)
    with pytest.raises(PaperError):
        drawn(slip())


@pytest.mark.parametrize("sheet", [day(), shift()], ids=lambda sheet: type(sheet).__name__)
def test_a_sheet_made_afterwards_says_so(sheet: DayClose | ShiftHandOver) -> None:
    late = sheet.model_copy(update={"day": sheet.day - timedelta(days=1)})
    assert "事后按记录补制" not in said(sheet)
    assert "11月22日" in said(late)
    assert all(each in said(late) for each in ("事后按记录补制", "制单时（2026年11月23日"))
