"""The second copy: every unsent case, there before long, gone when it has arrived, and never in the way."""

import resource
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import pytest

from client.commands.checks import look_at_disk, look_at_storage
from client.desk import second_copy as copying
from client.desk.second_copy import Copyist, worse_of
from client.errors import StoreError
from client.house import House
from client.ports.readiness import Condition, Readiness
from client.sealing import faults as sealing_faults
from client.sealing.bundle import read_json
from client.sealing.envelope import public_of, sealed_to
from client.sealing.parcel import About, Parcel
from client.store import durable, faults, second_copy
from client.store.sealed import place
from tests.desk.copies import HALL, HUB, KEYS, Hall, hall
from tests.desk.counter import CLERK, Desk
from tests.desk.crowd import crowd
from tests.seals.hall import SEALS

WELL = Readiness(Condition.READY, "可用 9.0 GB")


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Hall:
    return hall(desk, tmp_path / "volume")


def parcels(there: Hall) -> list[Parcel]:
    return [read_json(Parcel, content, name) for name, content in there.parts() if name.startswith("cases/")]


def test_an_unsent_case_is_copied_with_its_pages_and_papers_and_goes_when_it_has_arrived(there: Hall) -> None:
    copy, case_id = there.copy(), there.accept()
    copy.look()
    assert there.cases_copied() == [there.key_of(case_id)]
    there.desk.render()
    copy.look()
    (parcel,) = parcels(there)
    assert [event.type for event in parcel.events] == ["case.accepted", "paper.issued"]
    files = {name for name, _ in there.parts() if name.startswith("files/")}
    assert files == {f"files/{name}" for name in parcel.sealed_names()}
    assert len(files) == len(parcel.rows["pages"]) + 1
    there.arrive()
    there.copy().look()
    assert there.cases_copied() == []
    assert [path.name for path in there.folder.iterdir()] == ["window.sealed"]


def test_a_draft_and_a_case_that_has_arrived_are_not_copied(there: Hall) -> None:
    there.accept()
    there.arrive()
    there.desk.draft()
    there.copy().look()
    assert there.cases_copied() == []


def test_a_later_event_of_a_case_renews_its_paper_and_writes_no_page_twice(there: Hall) -> None:
    copy, case_id = there.copy(), there.accept()
    copy.look()
    folder = there.folder / there.key_of(case_id)
    before = {path.name: path.stat().st_ino for path in folder.glob("*.file")}
    there.arrive()
    there.desk.intake.withdraw(case_id, CLERK, "申请人撤回")
    copy.look()
    assert [path.name for path in folder.glob("*.case")] == [f"{2:020}.case"]
    assert {path.name: path.stat().st_ino for path in folder.glob("*.file")} == before
    assert [event.state for event in parcels(there)[0].events] == ["stored", "waiting"]


def test_what_the_platform_forgot_comes_back(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_copy, "WHOLE_LOOK", 0.0)
    copy, case_id = there.copy(), there.accept()
    outbox = there.desk.memory.outbox()
    there.arrive()
    copy.look()
    outbox.reopen([entry.event_id for entry in outbox.entries()], "平台恢复了较早的备份")
    copy.look()
    assert there.cases_copied() == [there.key_of(case_id)]


def test_how_far_the_numbers_came_is_told_anew_when_they_went_on(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_copy, "WHOLE_LOOK", 0.0)
    copy, told = there.copy(), there.folder / "window.sealed"
    copy.look()
    before = told.stat().st_ino
    copy.look()
    assert told.stat().st_ino == before
    number = there.desk.record(there.accept()).number
    there.arrive()
    copy.look()
    about: About = read_json(About, next(iter(there.parts()))[1], "window.json")
    assert number in {row["number"] for row in about.rows["numbers"]}


def test_nothing_of_a_case_can_be_read_without_a_key(there: Hall) -> None:
    there.accept()
    there.copy().look()
    content = b"".join(path.read_bytes() for path in there.volume.rglob("*") if path.is_file())
    assert not any(words.encode() in content for words in ("张三", "申请", "case_number"))
    names = {path.name for path in there.volume.rglob("*")}
    with there.desk.memory.read() as connection:
        digests = set(connection.exec_driver_sql("SELECT sha256 FROM pages").scalars())
    assert not {name for name in names for digest in digests if digest in name}
    assert all(path.stat().st_mode & 0o077 == 0 for path in there.folder.rglob("*"))


@pytest.mark.parametrize("private", [HUB, HALL])
def test_the_hub_and_the_hall_can_read_it(there: Hall, private: object) -> None:
    there.accept()
    there.copy().look()
    assert [name for name, _ in there.parts(private) if name.startswith("cases/")]  # type: ignore[arg-type]  # keys


def test_another_disk_in_its_place_is_filled(there: Hall, tmp_path: Path) -> None:
    copy, case_id = there.copy(), there.accept()
    copy.look()
    shutil.move(there.volume, tmp_path / "taken away")
    there.accept()
    with pytest.raises(StoreError):
        copy.look()
    there.volume.mkdir()  # an empty mount point is not the volume
    with pytest.raises(StoreError) as refused:
        copy.look()
    assert refused.value.fault is faults.COPY_FOLDER_MISSING
    assert list(there.volume.iterdir()) == []
    second_copy.prepare(there.volume)
    copy.look()
    assert len(there.cases_copied()) == 2
    assert there.key_of(case_id) in there.cases_copied()
    assert len(parcels(there)) == 2, "a copy that does not say whose it is opens for nobody"


@pytest.mark.parametrize("broken_off", [False, True], ids=["whole", "in the middle"])
def test_after_a_change_of_keys_the_copy_is_made_anew(*, broken_off: bool, there: Hall) -> None:
    there.accept()
    there.copy().look()
    there.desk.configure(recovery_key=KEYS["hub_key"])
    if broken_off:  # the removal of what is sealed to the old keys
        (there.folder / "window.sealed").unlink()
    there.copy().look()
    for path in [path for path in there.folder.rglob("*") if path.is_file()]:
        with path.open("rb") as file:
            assert sealed_to(file) == {public_of(HUB).digest}, path
    with pytest.raises(StoreError) as refused:
        list(there.parts(HALL))
    assert refused.value.fault is sealing_faults.NOT_FOR_THIS_KEY
    assert len([name for name, _ in there.parts(HUB) if name.startswith("cases/")]) == 1


def test_the_paper_of_before_stays_until_the_new_one_lies_there(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = there.copy()
    there.accept()
    copy.look()
    before = [path.name for path in there.folder.rglob("*.case")]
    there.desk.render()

    def fail(_name: str) -> bytes:
        raise StoreError(faults.DISK_FAILED, what="页")

    monkeypatch.setattr(there.desk.memory.files, "get", fail)
    with pytest.raises(StoreError):
        copy.look()
    assert [path.name for path in there.folder.rglob("*.case")] == before


def test_the_folders_names_are_on_the_disk_before_what_lies_in_them(
    there: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(second_copy, "sync_folder", synced.append)
    there.accept()
    there.copy().look()
    assert synced == [there.volume, there.folder]


def test_a_case_whose_page_the_window_has_lost_is_copied_without_it(there: Hall) -> None:
    case_id = there.accept()
    page = next(iter(there.desk.record(case_id).slots.values())).pages[0]
    place(there.desk.profile.files, page.sealed_name).unlink()
    there.copy().look()
    assert there.cases_copied() == [there.key_of(case_id)]
    assert f"files/{page.sealed_name}" not in dict(there.parts())


def test_a_page_the_disk_does_not_give_now_is_copied_later(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = there.copy()
    there.accept()

    def fail(_name: str) -> bytes:
        raise StoreError(faults.DISK_FAILED, what="页")

    with monkeypatch.context() as patch:
        patch.setattr(there.desk.memory.files, "get", fail)
        with pytest.raises(StoreError):
            copy.look()
        assert (there.cases_copied(), copy.behind) == ([], 1)
    copy.look()
    assert (len(there.cases_copied()), copy.behind) == (1, 0)


def test_it_ends_between_two_cases_when_it_is_told_to(there: Hall) -> None:
    for _ in range(3):
        there.accept()
    told = iter([False, True])
    copy = there.copy()
    copy.look(lambda: next(told))
    assert (len(there.cases_copied()), copy.behind) == (1, 2)
    copy.look()
    assert len(there.cases_copied()) == 3


def test_what_a_copy_costs_does_not_grow_with_what_is_stored(there: Hall) -> None:
    """Counted in steps of the database's own machine: the plan, not the clock."""
    crowd(there.desk, 3)
    few = steps_of_a_look(there)
    grow(there.desk, 3_000)
    assert steps_of_a_look(there) < 1.3 * few


def grow(desk: Desk, count: int) -> None:
    with desk.memory.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbox (event_id, source, case_id, subject, type, time, data, files, state, ack)"
            " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " SELECT 'grown' || i, source, case_id, subject, type, time, data, files, 'stored', 'A'"
            " FROM (SELECT * FROM outbox WHERE state = 'stored' AND case_id = 2 LIMIT 1), n",
            (count,),
        )
        connection.exec_driver_sql(
            "INSERT INTO numbers (series, serial, number, state, given_at)"
            " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " SELECT series, serial + i, number, state, given_at"
            " FROM (SELECT *, max(serial) FROM numbers GROUP BY series), n",
            (count,),
        )


def steps_of_a_look(there: Hall) -> int:
    """SQLite's virtual machine, in instructions, for a whole look with one new case."""
    there.accept()
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    database = there.desk.memory.database
    with database.read() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.set_progress_handler(count, 1)
    try:
        there.copy().look()
    finally:
        raw.set_progress_handler(None, 0)
        there.arrive()
    return counted


@pytest.fixture
def copyist(there: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copyist]:
    monkeypatch.setattr(copying, "PAUSE", 0.05)
    made = Copyist(there.desk.memory, there.desk.counter.settings, there.volume)
    yield made
    assert made.stop()


def until(true: object, timeout: float = 5.0) -> None:
    end = time.monotonic() + timeout
    while not true():  # type: ignore[operator]  # a question
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_case_accepted_at_the_window_is_copied_within_seconds(there: Hall, copyist: Copyist) -> None:
    copyist.start()
    case_id = there.accept()
    until(lambda: there.cases_copied() == [there.key_of(case_id)])
    until(lambda: copyist.look().condition is Condition.READY)


@pytest.mark.parametrize("trouble", ["missing", "full"])
def test_a_volume_that_is_missing_or_full_is_told_and_stops_no_acceptance(there: Hall, trouble: str) -> None:
    copyist = Copyist(there.desk.memory, there.desk.counter.settings, there.volume)
    aside = there.volume.with_name("taken away")
    if trouble == "missing":
        there.volume.rename(aside)
    there.accept()
    with little_room() if trouble == "full" else nullcontext():
        assert copyist.step() == copying.AFTER_TROUBLE
    told = copyist.look()
    assert told.condition is Condition.ATTENTION
    assert told.words.startswith("第二份没有写成：")
    assert ("找不到" if trouble == "missing" else "空间不足") in told.words
    assert "受理不受影响" in told.advice
    assert there.accept()
    if trouble == "missing":
        aside.rename(there.volume)
    assert copyist.step() == copying.PAUSE
    assert copyist.look().condition is Condition.READY
    assert len(there.cases_copied()) == 2


def test_a_volume_that_cannot_even_be_looked_for_is_told(there: Hall) -> None:
    """A dead network share gives errors where a missing folder is merely not there; here a name no disk takes."""
    copyist = Copyist(there.desk.memory, there.desk.counter.settings, there.volume / ("x" * 300))
    assert copyist.step() == copying.AFTER_TROUBLE
    assert copyist.look().words.startswith("第二份没有写成：")


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow past a page of the disk: to who writes it the same as a full one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_without_keys_nothing_is_copied_and_that_is_told(desk: Desk, tmp_path: Path) -> None:
    copyist = Copyist(desk.memory, desk.counter.settings, tmp_path)
    copyist.step()
    assert "公钥" in copyist.look().words


def test_a_disk_that_does_not_answer_is_told(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "SLOW", 0.1)
    gate = threading.Event()
    real = durable.whole_file

    def hang(path: Path) -> object:
        gate.wait(10)
        return real(path)

    monkeypatch.setattr(second_copy, "whole_file", hang)
    copyist = Copyist(there.desk.memory, there.desk.counter.settings, there.volume)
    there.accept()
    copyist.start()
    until(lambda: copyist.look().words == copying.STUCK)
    gate.set()
    until(lambda: copyist.look().condition is Condition.READY)
    assert copyist.stop()


def test_one_lamp_tells_of_disk_and_copy(there: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_copy, "WHOLE_LOOK", 0.0)
    monkeypatch.setattr(copying, "PAUSE", 0.05)
    monkeypatch.setattr(copying, "AFTER_TROUBLE", 0.05)
    with ExitStack() as stack:
        house = House(there.desk.profile, there.desk.counter, there.desk.roster, lambda: (), SEALS)
        look = look_at_storage(house, stack)
        until((there.folder / "window.sealed").exists)
        assert "第二份" not in look().words
        there.volume.rename(there.volume.with_name("taken away"))
        until(lambda: look().words.startswith("第二份没有写成：找不到"))
        assert look().condition in {Condition.ATTENTION, Condition.FAILED}
    assert worse_of(lambda: WELL, lambda: Readiness(Condition.ATTENTION, "差 1 件", "请插盘")) == Readiness(
        Condition.ATTENTION, "差 1 件；可用 9.0 GB", "请插盘"
    )


def test_a_hall_that_wants_no_copy_has_the_disk_alone(desk: Desk) -> None:
    with ExitStack() as stack:
        look = look_at_storage(House(desk.profile, desk.counter, desk.roster, lambda: (), SEALS), stack)
    assert look() == look_at_disk(desk.profile)


def test_how_many_are_wanting_is_told(there: Hall) -> None:
    copyist = Copyist(there.desk.memory, there.desk.counter.settings, there.volume)
    there.accept()
    copyist._stopping.set()
    copyist.step()
    assert copyist.look().words == "第二份还差 1 件"


def test_a_folder_that_is_not_there_is_not_chosen(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        second_copy.prepare(tmp_path / "none")
    assert refused.value.fault is faults.COPY_FOLDER_MISSING
