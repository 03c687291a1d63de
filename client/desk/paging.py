"""Pages that are there already: moved, turned, trimmed, taken out, and each put back as it was.

What was taken out or replaced is put back out of its sealed file, which lies there until the window closes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from client.desk.counter import Counter, case_name
from client.desk.drafting import NO_PAGE, Drafting, slot_with
from client.desk.keeping import KeptPage
from client.desk.staff import Staff
from client.errors import CaseError
from client.ports.pages import WHOLE, PageFacts, PageLooks, Part, TrimmedPage
from client.store import originals, pages
from client.store.cases import CaseRecord
from client.store.sealed import SealedFile

_UNSEEN = PageLooks(None, cropped=False, blank=False, warnings=())  # of a page that nobody cleaned


@dataclass(frozen=True, slots=True)
class PageBefore:
    """A page as it was: its id then, its material, its place there (from 1) and its file."""

    page_id: int
    slot: str
    place: int
    page: KeptPage


class Paging:
    """Use cases with a page of a case that may still be changed; each is one transaction."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._drafting = Drafting(counter)

    def before(self, case_id: int, page_id: int) -> PageBefore:
        """The page as it is now. Raises CaseError where the case has no such page."""
        with self._counter.memory.read() as connection:
            slot = slot_with(self._counter.case(connection, case_id), page_id)
            original = originals.kept_of(connection, page_id)
        place, page = next((at, page) for at, page in enumerate(slot.pages, 1) if page.page_id == page_id)
        sealed = SealedFile(page.sealed_name, page.sha256, page.size)
        facts = PageFacts(page.media_type, 0, 0, page.sheets)
        return PageBefore(page_id, slot.key, place, KeptPage(page.name, sealed, facts, original))

    def move(self, case_id: int, by: Staff, page_id: int, slot: str, place: int) -> PageBefore:
        """Put a page at a place (from 1) among those of a material, its own or another; returns where it was.

        Beyond the end is the end. A material without pages is missing, one with a page is taken in.
        """
        was = self.before(case_id, page_id)
        with self._drafting.editing(case_id, by) as (connection, record):
            now = slot_with(record, page_id)
            if now.key != slot:
                pages.put_behind(connection, page_id, self._drafting.take_in(connection, record, slot))
                self._drafting.without(connection, record, now)
            _put_at(connection, record, slot, page_id, place)
        return was

    def take_out(self, case_id: int, by: Staff, page_id: int) -> PageBefore:
        """Take a page out of its material; returns what puts it back."""
        was = self.before(case_id, page_id)
        self._drafting.detach(case_id, by, page_id)
        return was

    def put_back(self, case_id: int, by: Staff, was: PageBefore) -> int:
        """Put a page that was taken out where it was; returns its new id. Raises StoreError when its file is gone."""
        self._counter.memory.files.get(was.page.sealed.name)
        with self._drafting.editing(case_id, by) as (connection, record):
            slot_id = self._drafting.take_in(connection, record, was.slot)
            page_id = was.page.append(connection, slot_id, self._counter.clock())
            _put_at(connection, record, was.slot, page_id, was.place)
        return page_id

    def restore(self, case_id: int, by: Staff, page_id: int, was: PageBefore) -> int:
        """Put a page as it was in the place of what it became; returns its new id. Raises as `put_back`."""
        self._counter.memory.files.get(was.page.sealed.name)
        return self._drafting.put_in_place(case_id, by, page_id, was.page)

    def trim(self, case_id: int, by: Staff, page_id: int, part: Part, turned: int = 0) -> tuple[int, PageBefore]:
        """Put a part of a page, turned by so many degrees clockwise (quarters), in its place.

        What came from the scanner, or else the page as it was, stays beside it as its original. Returns the new
        page's id and what was before. Raises CaseError for a page that is no picture, and for too small a part.
        """
        was = self.before(case_id, page_id)
        trimmed = self._counter.pages.trim(self._content(was), was.page.name, part, turned)
        looks = _looks_of(was)
        seen = replace(looks, cropped=looks.cropped or part != WHOLE, turned=(looks.turned + turned) % 360)
        return self._changed(case_id, by, was, trimmed, seen), was

    def mark(self, case_id: int, by: Staff, page_id: int) -> tuple[int, PageBefore]:
        """Write across a page that it is for this item alone; the original stays beside it. As `trim`."""
        was = self.before(case_id, page_id)
        with self._counter.memory.read() as connection:
            item = self._counter.case(connection, case_id).item
        marked = self._counter.pages.mark(self._content(was), was.page.name, item.name)
        return self._changed(case_id, by, was, marked, replace(_looks_of(was), for_purpose=True)), was

    def join(self, case_id: int, by: Staff, front: int, back: int) -> tuple[int, PageBefore, PageBefore]:
        """Both sides of a card, two pages of a material, as one page in the place of the first.

        Returns the new page's id and what was before; `part` undoes it. Raises CaseError.
        """
        first, second = self.before(case_id, front), self.before(case_id, back)
        name = first.page.name
        joined = self._counter.pages.join(self._content(first), self._content(second), name)
        page = KeptPage(name, self._counter.memory.files.put(joined.content), joined.facts)
        with self._drafting.editing(case_id, by) as (connection, record):
            (page_id,) = self._exchange(connection, record, (front, back), (page,))
        return page_id, first, second

    def part(self, case_id: int, by: Staff, page_id: int, front: PageBefore, back: PageBefore) -> tuple[int, int]:
        """The two sides as they were in the place of the page they were joined to; their ids. Raises as `put_back`."""
        for side in (front, back):
            self._counter.memory.files.get(side.page.sealed.name)
        with self._drafting.editing(case_id, by) as (connection, record):
            first, second = self._exchange(connection, record, (page_id,), (front.page, back.page))
        return first, second

    def _exchange(
        self, connection: Connection, record: CaseRecord, gone: Sequence[int], come: Sequence[KeptPage]
    ) -> Sequence[int]:
        """Pages in the place of the first of others of the same material; their ids. Raises CaseError."""
        slots = {slot_with(record, page_id).key: slot_with(record, page_id) for page_id in gone}
        slot, *others = slots.values()
        if others:
            raise CaseError(NO_PAGE, case=case_name(record))
        at = self._counter.clock()
        made = [page.append(connection, slot.slot_id, at) for page in come]
        for page_id in gone:
            self._counter.memory.cases.remove_page(connection, record, page_id)
        ids = [page.page_id for page in slot.pages]
        place = ids.index(gone[0])
        before, after = ([i for i in side if i not in gone] for side in (ids[:place], ids[place:]))
        pages.put_in_order(connection, [*before, *made, *after])
        return made

    def _content(self, was: PageBefore) -> bytes:
        return self._counter.memory.files.get(was.page.sealed.name)

    def _changed(self, case_id: int, by: Staff, was: PageBefore, now: TrimmedPage, looks: PageLooks) -> int:
        """What a page became, in its place, with what it came from beside it; its id."""
        before = was.page
        sealed, media_type, _ = before.original or (before.sealed, before.facts.media_type, _UNSEEN)
        seen = replace(looks, blank=now.blank, warnings=now.warnings)
        kept = self._counter.memory.files.put(now.content)
        page = KeptPage(before.name, kept, now.facts, (sealed, media_type, seen))
        return self._drafting.put_in_place(case_id, by, was.page_id, page)


def _looks_of(was: PageBefore) -> PageLooks:
    return was.page.original[2] if was.page.original is not None else _UNSEEN


def _put_at(connection: Connection, record: CaseRecord, slot: str, page_id: int, place: int) -> None:
    """That place among the pages the material had, and the page itself."""
    known = record.slots.get(slot)
    others = [page.page_id for page in known.pages if page.page_id != page_id] if known is not None else []
    before = max(place - 1, 0)
    pages.put_in_order(connection, [*others[:before], page_id, *others[before:]])
