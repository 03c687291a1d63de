"""The place of the seal never stands alone, and a table goes on under its header."""

from hypothesis import given
from hypothesis import strategies as st

from client.ports.papers import MaterialLine
from printing.papers.flow import Piece, paginate
from printing.papers.galley import Galley
from printing.papers.measures import NORMAL, TOP_NEXT
from printing.papers.sheet import Sheet
from printing.papers.tables import Cell, rows
from printing.papers.template import shipped
from printing.press import laid_out
from tests.printing.facts import paper

TOP_FIRST, BOTTOM = NORMAL.head.body_at, NORMAL.foot.bottom


def nothing(_sheet: Sheet, _top: float) -> None:
    """Draws nothing."""


@given(heights=st.lists(st.floats(min_value=5, max_value=300), min_size=1, max_size=60))
def test_pieces_keep_their_order_and_never_overlap_or_leave_the_page(heights: list[float]) -> None:
    pages = paginate([Piece(height, nothing, space=4) for height in heights])
    assert [placed.piece.height for page in pages for placed in page] == heights
    for number, page in enumerate(pages):
        edge = TOP_NEXT if number else TOP_FIRST
        for placed in page:
            assert placed.top >= edge
            edge = placed.top + placed.piece.height
        assert edge <= BOTTOM


def test_a_table_takes_its_header_to_the_next_page() -> None:
    table = rows([100.0, 100.0], [[Cell("一"), Cell("二")]] * 60, header=[Cell("甲"), Cell("乙")])
    pages = paginate(table)
    assert len(pages) > 1
    assert all(page[0].piece.draw == table[0].draw for page in pages)


def test_nothing_is_lost_after_the_last_piece() -> None:
    assert len(paginate([Piece(20, nothing, with_next=True)])[0]) == 1


def test_a_header_never_stands_at_the_foot_of_a_page() -> None:
    table = rows([200.0], [[Cell("一")]], header=[Cell("甲")])
    pages = paginate([Piece(BOTTOM - TOP_FIRST - 30, nothing), *table])
    assert [len(page) for page in pages] == [1, 2]


@given(count=st.integers(min_value=0, max_value=60))
def test_the_seal_never_stands_alone_on_a_page(count: int) -> None:
    line = MaterialLine(name="材料", form="原件", copies="1", pages="2", original="留存")
    last = laid_out(Galley.of(paper(materials=[line] * count), shipped()))[-1]
    assert len(last) >= 4  # something of the text, the clerk, the place of the seal, the signature
