"""The hand that looks into page files and cleans them, as the desk is handed it; OpenCV loads with the first page."""

import structlog

from client.errors import CaseError
from client.ports.pages import CleanedPage, PageFacts, Part, TrimmedPage
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

    def clean(self, content: bytes, name: str) -> CleanedPage:
        """See the port."""
        try:
            from devices.pages.clean import Wishes, clean  # noqa: PLC0415 - the window's first paint pays for no OpenCV

            return clean(content, name, Wishes(codes=False))
        except _LIBRARY_ERRORS as error:
            log.warning("page not cleaned", error=type(error).__name__)
            raise CaseError(NOT_CLEANED, name=name) from error

    def trim(self, content: bytes, name: str, part: Part, turned: int) -> TrimmedPage:
        """See the port."""
        try:
            from devices.pages.trim import trimmed  # noqa: PLC0415 - the same

            return trimmed(content, name, part, turned)
        except _LIBRARY_ERRORS as error:
            log.warning("page not trimmed", error=type(error).__name__)
            raise CaseError(NOT_CLEANED, name=name) from error

    def cut(self, content: bytes, name: str, kind: SeparatorKind) -> Cut | None:
        """See the port."""
        from devices.pages.separators import cut_on  # noqa: PLC0415 - the same

        return cut_on(content, name, kind)
