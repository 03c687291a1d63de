"""The window's own outbox in a pass: a file that is gone or damaged at the window costs its own case alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from client.desk.exceptions import CONFLICT_WORDS, Exceptions
from client.desk.inbox import StoredInbox
from client.errors import StoreError
from client.ports.conflicts import Conflict
from client.store import faults
from client.store.outbox import OutboxState
from client.store.sealed import place
from sync.drain import drain
from tests.desk.counter import CLERK, Blank, Desk, page
from tests.sync.desk import ScriptedPlatform

ONLY_HERE = 99  # serial of a page no other case has


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize("damage", [Path.unlink, spoil], ids=["gone", "damaged"])
def test_a_sealed_file_that_cannot_be_read_holds_up_its_own_case_alone(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    desk = Desk(Blank.prepare(tmp_path / "blank"), tmp_path / "window")
    hurt, sound = desk.draft(), desk.draft()
    desk.attach(hurt, next(iter(desk.record(hurt).slots)), ONLY_HERE)
    for case_id in (hurt, sound):
        desk.intake.accept(case_id, CLERK)
    damage(place(desk.profile.files, desk.memory.files.put(page(ONLY_HERE)).name))

    report = drain(desk.memory.outbox(), StoredInbox(desk.counter), ScriptedPlatform(), desk.clock)

    first, second = desk.memory.outbox().entries()
    (issue,) = Exceptions(desk.counter).all()
    desk.close()
    assert (report.sent, report.refused, report.waiting) == (1, 1, 0)
    assert (first.state, second.state) == (OutboxState.REFUSED, OutboxState.STORED)
    assert (report.error or "").endswith(first.last_error or "?")
    assert issue.event_id == first.event_id, "people decide about it"
    assert issue.kind == CONFLICT_WORDS[Conflict.FILE_LOST]


def test_a_disk_that_fails_delays_its_own_case_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(Blank.prepare(tmp_path / "blank"), tmp_path / "window")
    desk.intake.accept(desk.draft(), CLERK)

    def fail(*_: object) -> bytes:
        raise StoreError(faults.DISK_FAILED, what="")

    monkeypatch.setattr(type(desk.memory.files), "get", fail)
    report = drain(desk.memory.outbox(), StoredInbox(desk.counter), ScriptedPlatform(), desk.clock)
    (entry,) = desk.memory.outbox().entries()
    desk.close()
    assert (report.sent, report.refused, report.waiting) == (0, 0, 1)
    assert (entry.state, entry.last_error) == (OutboxState.WAITING, report.error)
