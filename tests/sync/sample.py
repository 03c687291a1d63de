"""Sample events of a sample window (test data)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from uuid_utils import uuid7

from client.ports.platform import Event

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SOURCE = "urn:yichuang:window:110101:H01:W03:epoch-1"


class Window:
    """Makes events in the window's own order."""

    def __init__(self, source: str = SOURCE) -> None:
        self.source = source
        self._sequence = 0

    def event(
        self, case: str, state: str = "accepted", *, kind: str | None = None, files: Iterable[bytes] = (), size: int = 0
    ) -> Event:
        """An event `case.<state>` of a case; `files` are the contents it names, `size` pads its data (bytes)."""
        self._sequence += 1
        contents = tuple(files)
        data = {
            "case_number": case,
            "state": state,
            "item": {"name": "食品经营许可新办"},
            "late_entry": False,
            "files": [{"sha256": sha256(c), "size": len(c), "slot": "form", "name": "申请表.jpg"} for c in contents],
            "note": "x" * size,
        }
        return Event(
            event_id=str(uuid7()),
            source=self.source,
            type=kind or f"case.{state}",
            subject=case,
            sequence=self._sequence,
            time=NOW + timedelta(seconds=self._sequence),
            data=json.dumps(data, ensure_ascii=False).encode(),
            files=tuple(sha256(c) for c in contents),
        )

    def cases(self, count: int, *, size: int = 0, first: int = 0) -> list[Event]:
        """`count` accepted cases, one event each."""
        return [self.event(number(first + i), size=size) for i in range(count)]


def number(serial: int) -> str:
    return f"110101H01W0320261130{serial:05d}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
