"""A folder that an all-in-one fills: whole files are pages, once; the rest is told and kept."""

import os
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from client.errors import Cancelled, DeviceState
from client.ports.readiness import Condition
from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.scanner import faults
from devices.scanner.folder import Patience, WatchedFolder
from devices.scanner.use import scanner_of
from tests.devices.scanning import FEEDER, failed, never, picture, scanned

BRISK = Patience(still=0.05, whole=0.3, first=0.3, look=0.01)
COLOUR = ScanOrder(ScanSource.FEEDER)


def file_of(shade: int, kind: str = "JPEG", *, frames: int = 1) -> bytes:
    sheets = [Image.new("RGB", (120, 160), (shade, each, 0)) for each in range(frames)]
    made, rest = BytesIO(), {"save_all": True, "append_images": sheets[1:]} if frames > 1 else {}
    sheets[0].save(made, kind, dpi=(200, 200), **rest)
    return made.getvalue()


def put(folder: Path, name: str, content: bytes, age: int) -> Path:
    """A file written `age` seconds ago."""
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (1_000_000 - age, 1_000_000 - age))
    return file


def watched(folder: Path) -> WatchedFolder:
    return WatchedFolder(folder, patience=BRISK)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def test_files_come_the_oldest_first_and_are_put_away(tmp_path: Path) -> None:
    put(tmp_path, "b.jpg", file_of(10), age=9)
    put(tmp_path, "a.png", file_of(200, "PNG"), age=5)
    put(tmp_path, "c.tif", file_of(100, "TIFF", frames=2), age=1)
    put(tmp_path, "d.jpg.part", b"half", age=1)
    pages = scanned(watched(tmp_path), COLOUR).pages
    assert [picture(page).convert("RGB").getpixel((5, 5))[0] // 50 for page in pages] == [0, 4, 2, 2]  # type: ignore[index] # an RGB pixel
    assert {page.dpi for page in pages} == {200}
    assert names(tmp_path) == ["d.jpg.part"]
    assert names(tmp_path / "taken") == ["a.png", "b.jpg", "c.tif"]


def test_the_glass_takes_one_file_and_the_next_scan_the_next(tmp_path: Path) -> None:
    for age in (3, 2, 1):
        put(tmp_path, f"{age}.jpg", file_of(age * 60), age)
    folder = watched(tmp_path)
    assert len(scanned(folder, ScanOrder()).pages) == 1
    assert names(tmp_path) == ["1.jpg", "2.jpg"]
    assert len(scanned(folder, ScanOrder(ScanSource.FEEDER, limit=1)).pages) == 1
    assert len(scanned(folder, COLOUR).pages) == 1


def test_a_page_nobody_came_back_from_is_still_there(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg", file_of(1), age=1)
    folder = watched(tmp_path)
    pages = folder.scan(COLOUR, lambda _made: None, never)
    next(pages)
    pages.close()  # type: ignore[attr-defined] # a generator
    assert names(tmp_path) == ["1.jpg"]
    stopped = threading.Event()
    pages = folder.scan(COLOUR, lambda _made: None, stopped.is_set)
    next(pages)
    stopped.set()
    with pytest.raises(Cancelled):
        next(pages)
    assert names(tmp_path) == ["1.jpg"]
    assert len(scanned(folder, COLOUR).pages) == 1


def test_a_file_that_grows_is_waited_for(tmp_path: Path) -> None:
    content, file = file_of(7), tmp_path / "slow.jpg"
    file.write_bytes(content[:300])

    def grow() -> None:
        time.sleep(0.15)
        file.write_bytes(content)

    writer = threading.Thread(target=grow)
    writer.start()
    (page,) = scanned(watched(tmp_path), COLOUR).pages
    writer.join()
    assert page.content == content


def test_a_file_that_opens_is_not_taken_before_its_size_stood_still(tmp_path: Path) -> None:
    file = tmp_path / "two.tif"
    file.write_bytes(file_of(7, "TIFF"))
    writer = threading.Timer(0.15, file.write_bytes, [file_of(7, "TIFF", frames=2)])
    writer.start()
    steady = WatchedFolder(tmp_path, patience=Patience(still=0.4, whole=1, first=1, look=0.01))
    assert len(scanned(steady, COLOUR).pages) == 2
    writer.join()


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"%PDF-1.7", file_of(9)[:-200]], ids=["empty", "text", "pdf", "half"]
)
def test_what_is_no_whole_picture_is_told_and_kept_and_the_next_scan_goes_on(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "1.jpg", file_of(1), age=3)
    put(tmp_path, "2.jpg", content, age=2)
    put(tmp_path, "3.jpg", file_of(3), age=1)
    folder = watched(tmp_path)
    told = failed(folder, COLOUR)
    assert told.error is not None
    assert (told.error.fault, len(told.pages)) == (faults.FILE_FOREIGN, 1)
    assert (tmp_path / "refused" / "2.jpg").read_bytes() == content
    assert len(scanned(folder, COLOUR).pages) == 1
    assert names(tmp_path / "taken") == ["1.jpg", "3.jpg"]


def test_a_picture_too_large_to_be_a_page_is_told_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.scanner.folder.MOST_PIXELS", 100)
    put(tmp_path, "plan.jpg", file_of(50), 10)
    told = failed(watched(tmp_path), FEEDER)
    assert told.error is not None
    assert (told.error.fault, names(tmp_path / "refused")) == (faults.FILE_FOREIGN, ["plan.jpg"])


def test_the_same_file_again_is_told_and_not_taken(tmp_path: Path) -> None:
    folder = watched(tmp_path)
    put(tmp_path, "1.jpg", file_of(1), age=1)
    scanned(folder, COLOUR)
    for _ in range(2):
        put(tmp_path, "1.jpg", file_of(1), age=1)
        told = failed(folder, COLOUR)
        assert told.error is not None
        assert (told.error.fault, told.pages) == (faults.FILE_TWICE, [])
    assert names(tmp_path / "refused") == ["1-2.jpg", "1.jpg"]
    assert names(tmp_path / "taken") == ["1.jpg"]


def test_a_file_held_by_others_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "1.jpg", file_of(1), age=1)

    def held(_file: Path) -> bytes:
        raise PermissionError

    with monkeypatch.context() as patch:  # who may read everything cannot be kept out by a mode
        patch.setattr(Path, "read_bytes", held)
        told = failed(watched(tmp_path), COLOUR)
    assert told.error is not None
    assert told.error.fault is faults.FILE_HELD
    assert len(scanned(watched(tmp_path), COLOUR).pages) == 1


def test_nothing_there_a_cancel_and_no_folder(tmp_path: Path) -> None:
    folder = watched(tmp_path)
    empty = failed(folder, FEEDER)
    assert empty.error is not None
    assert (empty.error.state, empty.error.fault) == (DeviceState.OUT_OF_PAPER, faults.NO_FILE)
    with pytest.raises(Cancelled):
        scanned(folder, FEEDER, lambda: True)
    assert folder.check().condition is Condition.READY
    gone = watched(tmp_path / "none")
    assert gone.check().condition is Condition.FAILED
    lost = failed(gone, FEEDER)
    assert lost.error is not None
    assert lost.error.fault is faults.NO_FOLDER
    gone.close()


def test_a_file_that_was_taken_and_could_not_go_goes_later_and_is_no_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "1.jpg", file_of(1), age=1)
    folder = watched(tmp_path)

    def held(_file: Path, _place: Path) -> Path:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held)
        assert len(failed(folder, FEEDER).pages) == 1
    later = failed(folder, FEEDER)
    assert later.error is not None
    assert (later.error.fault, later.pages) == (faults.NO_FILE, [])
    assert names(tmp_path / "taken") == ["1.jpg"]


def test_grey_is_made_where_it_is_ordered(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg", file_of(1), age=1)
    (page,) = scanned(watched(tmp_path), ScanOrder(mode=ScanMode.GREY)).pages
    assert picture(page).mode == "L"


def test_a_setting_names_it(tmp_path: Path) -> None:
    assert isinstance(scanner_of(f"folder:{tmp_path}"), WatchedFolder)


@pytest.mark.parametrize("unit", [1, 2], ids=["inch", "centimetre"])
def test_a_resolution_nobody_has_is_not_believed(tmp_path: Path, unit: int) -> None:
    content = bytearray(file_of(10))
    content[13:18] = bytes([unit, 0xFF, 0xFF, 0xFF, 0xFF])  # JFIF 1.02: units, X and Y density
    put(tmp_path, "1.jpg", bytes(content), age=1)
    (page,) = scanned(watched(tmp_path), COLOUR).pages
    assert page.dpi == 300


def test_a_long_name_that_is_taken_is_put_away_under_a_shorter_one(tmp_path: Path) -> None:
    name = "n" * 251 + ".jpg"
    (tmp_path / "taken").mkdir()
    put(tmp_path / "taken", name, b"of yesterday", age=9)
    put(tmp_path, name, file_of(10), age=1)
    assert len(scanned(watched(tmp_path), COLOUR).pages) == 1
    assert names(tmp_path / "taken") == ["n" * 40 + "-2.jpg", name]
