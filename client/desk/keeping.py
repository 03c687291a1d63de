"""How a page file is sealed before it has its row: as it came, or cleaned with what came beside it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.errors import CaseError
from client.ports.pages import AS_USUAL, PageFacts, PageLooks, Sparing
from client.store import originals, pages
from client.store.sealed import SealedFile


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page whose file is on disk. `original`: what it was cleaned from, of what kind, and what was seen of it."""

    name: str
    sealed: SealedFile
    facts: PageFacts
    original: tuple[SealedFile, str, PageLooks] | None = None

    def append(self, connection: Connection, slot_id: int, at: datetime, *, pending: bool = False) -> int:
        """Put it behind the other pages of its material; returns its id."""
        page_id = pages.append(connection, slot_id, self.name, self.sealed, self.facts, at, pending=pending)
        if self.original is not None:
            originals.keep(connection, page_id, *self.original)
        return page_id


def kept(counter: Counter, name: str, content: bytes) -> KeptPage:
    """Seal a page file as it is. Raises CaseError for a file that is no whole page, StoreError."""
    facts = counter.pages.inspect(content, name)
    return KeptPage(name, counter.memory.files.put(content), facts)


def kept_scan(counter: Counter, name: str, content: bytes, sparing: Sparing = AS_USUAL) -> KeptPage:
    """Clean a page as it came from the scanner, and seal both; as it is where the settings say so. Raises the same.

    A page that cannot be cleaned is kept as it is: what somebody laid on the glass is not lost for that.
    """
    as_it_came = kept(counter, name, content)
    if not counter.settings.clean_pages:
        return as_it_came
    try:
        cleaned = counter.pages.clean(content, name, sparing)
    except CaseError:
        return as_it_came
    original = (as_it_came.sealed, as_it_came.facts.media_type, cleaned.looks)
    return KeptPage(name, counter.memory.files.put(cleaned.content), cleaned.facts, original)
