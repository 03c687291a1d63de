"""What the desk asks about a page file before it takes it in: is it a whole page, and of what kind."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageFacts:
    """`media_type` is image/jpeg, image/png or application/pdf; `sheets` counts the pages inside; sizes in pixels."""

    media_type: str
    width: int
    height: int
    sheets: int


class PageInspector(Protocol):
    """Looks into a page file without believing its name."""

    def __call__(self, content: bytes, name: str) -> PageFacts:
        """Return what `content` is.

        Raises CaseError, naming the file, for an empty, truncated, oversized (more than 100 megapixels or
        50 MiB) or foreign file.
        """
        ...
