"""Sample papers for tests: those the program tries its templates on, with a name of rare letters besides."""

from typing import Any

from client.ports.papers import PaperFacts, PaperKind, PaperOrder
from printing.papers import samples
from printing.papers.samples import CHINA, DEFECTS, MATERIALS, ORGAN

__all__ = ["CHINA", "DEFECTS", "MATERIALS", "ORGAN", "RARE_NAME", "order", "paper"]

RARE_NAME = "李\U00020bb7\U0002ce97"  # 李𠮷 and a letter of Extension E


_TYPED = {"item_name": "食品经营许可(新办)", "attendee": "委托代理人:李四"}
"""As people type it: with the marks of a Latin keyboard."""


def paper(kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, **changes: Any) -> PaperFacts:
    """Facts of a whole paper of `kind`, with `changes`."""
    return samples.paper(kind, **{**_TYPED, **changes})


def order(kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, reprint_no: int = 0, **changes: Any) -> PaperOrder:
    """An order for such a paper."""
    return PaperOrder(paper_id=1, reprint_no=reprint_no, facts=paper(kind, **changes))
