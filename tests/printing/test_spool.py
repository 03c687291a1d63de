"""Every paper that waits is rendered once; one that cannot be drawn holds up no other."""

from collections.abc import Sequence

import pytest

from client.errors import Fault, StoreError
from client.ports.papers import PaperKind, PaperOrder
from printing.press import A4Press
from printing.spool import render_waiting
from tests.printing.facts import paper

FULL = Fault("STORE-900", title="磁盘已满", advice="请清理磁盘")


class Tray:
    """A spool in memory, as the desk keeps it: an order waits until its page is there."""

    def __init__(self, orders: Sequence[PaperOrder], *, full: bool = False) -> None:
        self.orders = list(orders)
        self.pages: dict[tuple[int, int], bytes] = {}
        self.full = full

    def waiting(self, limit: int = 20) -> Sequence[PaperOrder]:
        return [order for order in self.orders if (order.paper_id, order.reprint_no) not in self.pages][:limit]

    def rendered(self, paper_id: int, pdf: bytes, template: str, *, reprint_no: int = 0) -> None:
        if self.full:
            raise StoreError(FULL)
        assert template == "a4-2026.4"
        self.pages[paper_id, reprint_no] = pdf


def good(paper_id: int, reprint_no: int = 0) -> PaperOrder:
    return PaperOrder(paper_id=paper_id, reprint_no=reprint_no, facts=paper())


def bad(paper_id: int) -> PaperOrder:
    return PaperOrder(paper_id=paper_id, reprint_no=0, facts=paper(PaperKind.CORRECTION_NOTICE, defects=()))


def test_all_that_waits_is_rendered_oldest_first() -> None:
    tray = Tray([good(number) for number in range(1, 24)] + [good(1, reprint_no=1)])
    done = render_waiting(tray, A4Press())
    assert [(each.paper_id, each.reprint_no) for each in done] == [(n, 0) for n in range(1, 24)] + [(1, 1)]
    assert all(each.error is None for each in done)
    assert all(page.startswith(b"%PDF") for page in tray.pages.values())
    assert render_waiting(tray, A4Press()) == []


@pytest.mark.expected_warnings("paper not rendered")
def test_papers_that_cannot_be_drawn_are_reported_and_hold_up_none() -> None:
    tray = Tray([bad(number) for number in range(1, 23)] + [good(23), good(24)])
    done = render_waiting(tray, A4Press())
    assert sorted(tray.pages) == [(23, 0), (24, 0)]
    assert [each.paper_id for each in done if each.error is not None] == list(range(1, 23))
    assert done[0].error is not None
    assert done[0].error.code == "PAPER-101"
    assert len(tray.waiting(30)) == 22


def test_a_full_store_is_passed_on() -> None:
    with pytest.raises(StoreError):
        render_waiting(Tray([good(1)], full=True), A4Press())
