"""Scanned pages as they came, beside what they were cleaned into; swept with the page they belong to."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from client.ports.pages import PageFacts, PageLooks, PageWarning
from client.store.sealed import SealedFile
from client.store.tables import originals, pages, slots


def keep(connection: Connection, page_id: int, sealed: SealedFile, media_type: str, looks: PageLooks) -> None:
    """Note what a page was before it was cleaned, and what was seen of it."""
    seen = {
        "skew": looks.skew_degrees,
        "cropped": looks.cropped,
        "blank": looks.blank,
        "warnings": [warning.value for warning in looks.warnings],
        "turned": looks.turned,
        "purpose": looks.for_purpose,
    }
    values = {"page_id": page_id, "sealed_name": sealed.name, "sha256": sealed.sha256, "size": sealed.size}
    connection.execute(insert(originals), {**values, "media_type": media_type, "looks": json.dumps(seen)})


def looks_of(connection: Connection, case_id: int) -> Mapping[int, PageLooks]:
    """What was seen of the cleaned pages of a case, by page."""
    statement = (
        select(originals.c.page_id, originals.c.looks)
        .join(pages, pages.c.id == originals.c.page_id)
        .join(slots, slots.c.id == pages.c.slot_id)
        .where(slots.c.case_id == case_id)
    )
    return {page_id: _looks(text) for page_id, text in connection.execute(statement)}


def kept_of(connection: Connection, page_id: int) -> tuple[SealedFile, str, PageLooks] | None:
    """What `keep` noted of a page; None where it is as it came."""
    row = connection.execute(select(originals).where(originals.c.page_id == page_id)).one_or_none()
    if row is None:
        return None
    return SealedFile(row.sealed_name, row.sha256, row.size), row.media_type, _looks(row.looks)


def find(connection: Connection, page_id: int) -> tuple[SealedFile, PageFacts] | None:
    """The file that a page was cleaned from; None where it is as it came. Its size in pixels is not kept."""
    known = kept_of(connection, page_id)
    return None if known is None else (known[0], PageFacts(known[1], 0, 0, sheets=1))


def _looks(text: str) -> PageLooks:
    seen = json.loads(text)
    warnings = tuple(PageWarning(each) for each in seen["warnings"])
    by_hand = seen.get("turned", 0), seen.get("purpose", False)  # not in rows of before
    return PageLooks(seen["skew"], seen["cropped"], seen["blank"], warnings, *by_hand)
