"""The hand that looks into page files and cleans them, as the desk is handed it; OpenCV loads with the first page."""

from client.ports.pages import CleanedPage, PageFacts
from devices.pages.inspect import inspect_page


class Pages:
    """A `client.ports.pages.PageHand`."""

    def inspect(self, content: bytes, name: str) -> PageFacts:
        """See the port."""
        return inspect_page(content, name)

    def clean(self, content: bytes, name: str) -> CleanedPage:
        """See the port."""
        from devices.pages.clean import Wishes, clean  # noqa: PLC0415 - the window's first paint pays for no OpenCV

        return clean(content, name, Wishes(codes=False))
