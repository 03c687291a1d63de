"""Rows, sealed files, papers and numbers are held against each other, and what is wrong is named."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from client.errors import Cancelled, StoreError
from client.store import faults, tables
from client.store.papers import fill_spool
from client.store.sealed import place
from client.store.wholeness import Flaw, FlawKind, Wholeness, look
from tests.desk.conftest import blank, counter, desk
from tests.desk.counter import CLERK, Desk

__all__ = ["blank", "counter", "desk"]


@pytest.fixture
def case(desk: Desk) -> int:
    """An accepted case whose notice is a page, and was printed a second time; and a draft."""
    case_id = desk.draft()
    desk.intake.accept(case_id, CLERK)
    desk.render()
    desk.paperwork.reprint(desk.papers(case_id)[0].paper_id, CLERK, "卡纸")
    desk.render(lambda _paper_id: b"%PDF again")
    desk.draft()
    return case_id


def looked(desk: Desk, *, read: bool = False) -> Wholeness:
    return look(desk.memory, read=read)


def test_a_window_in_order_has_no_flaw(desk: Desk, case: int) -> None:
    assert looked(desk).flaws == looked(desk, read=True).flaws == ()
    assert looked(desk).files == 2 * len(desk.record(case).slots) + 2
    assert looked(desk).unneeded == 0


def test_an_empty_window_is_in_order(desk: Desk) -> None:
    assert looked(desk, read=True) == Wholeness(0, 0, ())


def test_a_file_nobody_speaks_of_waits_to_be_swept(desk: Desk, case: int) -> None:
    desk.memory.files.put(b"left by a death before its row")
    assert (looked(desk).unneeded, looked(desk).flaws) == (1, ())


def sealed(desk: Desk, case: int) -> str:
    return next(slot.pages[0].sealed_name for slot in desk.record(case).slots.values())


def test_a_missing_file_is_found_by_its_name(desk: Desk, case: int) -> None:
    name = sealed(desk, case)
    desk.memory.files.delete(name)
    flaw = Flaw(FlawKind.FILE_MISSING, desk.record(case).number or "", name)
    assert flaw in looked(desk).flaws
    assert flaw in looked(desk, read=True).flaws


def test_a_file_of_another_size_is_found_without_reading(desk: Desk, case: int) -> None:
    name = sealed(desk, case)
    path = place(desk.profile.files, name)
    path.write_bytes(path.read_bytes()[:-1])
    assert {flaw.kind for flaw in looked(desk).flaws} == {FlawKind.FILE_DAMAGED}


def test_a_flipped_bit_is_found_by_reading(desk: Desk, case: int) -> None:
    path = place(desk.profile.files, sealed(desk, case))
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert looked(desk).flaws == ()
    assert {flaw.kind for flaw in looked(desk, read=True).flaws} == {FlawKind.FILE_DAMAGED}


def test_a_damaged_file_is_kept_apart_and_may_be_sealed_again(desk: Desk) -> None:
    files = desk.memory.files
    sealed_file = files.put(b"a page")
    path = place(desk.profile.files, sealed_file.name)
    path.write_bytes(b"spoilt")
    assert (files.set_aside(sealed_file.name), files.set_aside(sealed_file.name)) == (True, False)
    assert path.with_name(f"{path.name}.damaged").read_bytes() == b"spoilt"
    assert list(files.names()) == []
    files.put(b"a page")
    assert files.get(sealed_file.name) == b"a page"


def test_another_file_than_the_row_says_is_found_by_reading(desk: Desk, case: int) -> None:
    with desk.memory.begin() as connection:
        connection.execute(update(tables.papers).values(sha256="0" * 64))
    assert looked(desk).flaws == ()
    assert [flaw.kind for flaw in looked(desk, read=True).flaws] == [FlawKind.FILE_DAMAGED]


def test_a_file_that_goes_away_while_it_is_looked_at_is_missing(desk: Desk, case: int) -> None:
    names = list(desk.memory.files.names())

    def away(done: int, _all: int) -> None:
        if done == 1:
            for name in names:
                desk.memory.files.delete(name)

    found = look(desk.memory, read=True, told=away).flaws
    assert {flaw.kind for flaw in found} == {FlawKind.FILE_MISSING}


def test_a_disk_that_fails_is_no_flaw(desk: Desk, case: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> bytes:
        raise StoreError(faults.DISK_FAILED, what="file")

    monkeypatch.setattr(desk.memory.files, "get", fail)
    with pytest.raises(StoreError):
        looked(desk, read=True)


def test_a_person_may_end_the_look(desk: Desk, case: int) -> None:
    with pytest.raises(Cancelled):
        look(desk.memory, read=True, cancelled=lambda: True)


def test_a_paper_neither_rendered_nor_waiting_is_lost(desk: Desk) -> None:
    case_id, later = desk.draft(), desk.draft()
    desk.intake.accept(case_id, CLERK)
    desk.intake.accept(later, CLERK)
    assert looked(desk).flaws == ()
    with desk.memory.begin() as connection:
        fill_spool(connection)
    assert looked(desk).flaws == ()
    with desk.memory.begin() as connection:
        connection.execute(delete(tables.spool).where(tables.spool.c.paper_id == desk.papers(case_id)[0].paper_id))
    assert looked(desk).flaws == (Flaw(FlawKind.PAPER_LOST, desk.record(case_id).number or ""),)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda: update(tables.papers).values(number=None), FlawKind.NUMBER_UNUSED),
        (lambda: delete(tables.numbers), FlawKind.NUMBER_UNBOOKED),
    ],
)
def test_each_number_belongs_to_something(desk: Desk, case: int, spoil: Callable[[], object], kind: FlawKind) -> None:
    with desk.memory.begin() as connection:
        connection.execute(spoil())  # type: ignore[call-overload]  # an update or a delete
    assert {flaw.kind for flaw in looked(desk).flaws} == {kind}
