"""Renders the papers that wait and hands them back: a paper that cannot be drawn never holds up another."""

from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from client.ports.papers import PaperKind, PaperOrder, PaperPress, Spool, Undrawn
from printing.faults import PaperError

log = structlog.get_logger(__name__)

_BATCH = 20


@dataclass(frozen=True, slots=True)
class Rendering:
    """What became of one order; `error` is None when the page is stored."""

    paper_id: int
    reprint_no: int
    kind: PaperKind
    error: PaperError | None = None


def render_waiting(spool: Spool, press: PaperPress) -> list[Rendering]:
    """Render every paper that waits in `spool`, oldest first, and report each page to it.

    A paper that cannot be drawn is logged, stays waiting and is in the result with its error. StoreError of the
    spool itself (full, busy) is passed on: no other paper would fare better.
    """
    done: list[Rendering] = []
    while fresh := _fresh(spool, done):
        done.extend([_render(spool, press, order) for order in fresh])
    return done


def undrawn(done: Iterable[Rendering]) -> list[Undrawn]:
    """Those that go on waiting."""
    return [Undrawn(each.paper_id, each.reprint_no, each.kind, each.error) for each in done if each.error is not None]


def _fresh(spool: Spool, done: Iterable[Rendering]) -> list[PaperOrder]:
    """Orders not tried in this pass; those that failed still wait, so as many more are asked for."""
    tried = {(rendering.paper_id, rendering.reprint_no): rendering for rendering in done}
    failed = sum(1 for rendering in tried.values() if rendering.error is not None)
    return [order for order in spool.waiting(_BATCH + failed) if (order.paper_id, order.reprint_no) not in tried]


def _render(spool: Spool, press: PaperPress, order: PaperOrder) -> Rendering:
    try:
        pdf = press.render(order)
    except PaperError as error:
        log.error("paper not rendered", paper=order.paper_id, kind=order.facts.kind, code=error.code)  # noqa: TRY400  # a sentence, no bug: the traceback would hold facts
        return Rendering(order.paper_id, order.reprint_no, order.facts.kind, error)
    spool.rendered(order.paper_id, pdf, press.template, reprint_no=order.reprint_no)
    return Rendering(order.paper_id, order.reprint_no, order.facts.kind)
