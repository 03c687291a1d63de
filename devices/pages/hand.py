"""The hand that looks into page files and cleans them, as the desk is handed it; OpenCV loads with the first page."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from client.errors import CaseError
from client.ports.pages import AS_USUAL, CleanedPage, PageFacts, Part, Sparing, TrimmedPage
from client.rules.batches import Cut, SeparatorKind
from devices.pages.faults import NOT_CLEANED
from devices.pages.inspect import inspect_page

# What a library of pictures makes of an odd one, or of an odd machine, is not bounded by its own errors.
_LIBRARY_ERRORS = (ArithmeticError, ImportError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)

log = structlog.get_logger(__name__)


class Pages:
    """A `client.ports.pages.PageHand`."""

    def inspect(self, content: bytes, name: str) -> PageFacts:
        """See the port."""
        return inspect_page(content, name)

    def clean(self, content: bytes, name: str, sparing: Sparing = AS_USUAL) -> CleanedPage:
        """See the port."""
        with _whatever_comes("page not cleaned", name):
            from devices.pages.clean import Wishes, clean  # noqa: PLC0415 - the window's first paint pays for no OpenCV

            return clean(content, name, Wishes(sparing.give_up, sparing.most_bytes, codes=False))

    def trim(self, content: bytes, name: str, part: Part, turned: int) -> TrimmedPage:
        """See the port."""
        with _whatever_comes("page not trimmed", name):
            from devices.pages.trim import trimmed  # noqa: PLC0415 - the same

            return trimmed(content, name, part, turned)

    def mark(self, content: bytes, name: str, item: str) -> TrimmedPage:
        """See the port."""
        with _whatever_comes("page not marked", name):
            from devices.pages.copies import marked  # noqa: PLC0415 - the same

            return marked(content, name, item)

    def join(self, front: bytes, back: bytes, name: str) -> TrimmedPage:
        """See the port."""
        with _whatever_comes("pages not joined", name):
            from devices.pages.copies import joined  # noqa: PLC0415 - the same

            return joined(front, back, name)

    def cut(self, content: bytes, name: str, kind: SeparatorKind) -> Cut | None:
        """See the port."""
        with _whatever_comes("separator not looked for", name):
            from devices.pages.separators import cut_on  # noqa: PLC0415 - the same

            return cut_on(content, name, kind)


@contextmanager
def _whatever_comes(event: str, name: str) -> Iterator[None]:
    try:
        yield
    except _LIBRARY_ERRORS as error:
        log.warning(event, error=type(error).__name__)
        raise CaseError(NOT_CLEANED, name=name) from error
