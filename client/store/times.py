"""How times are kept: one text form that sorts as it was lived, whatever the zone it was told in."""

from datetime import UTC, date, datetime


def stamp(moment: datetime) -> str:
    """UTC text of fixed width, so that text order is time order. `moment` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be kept")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Read back what `stamp` wrote (aware, UTC)."""
    return datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def iso(date_or_none: date | None) -> str | None:
    """The kept form of a date."""
    return None if date_or_none is None else date_or_none.isoformat()
