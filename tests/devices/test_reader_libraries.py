"""Readers behind makers' libraries, stood in for by ones built from C: what they read, and how they are refused."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.ports.id_card import DocumentKind, IdCardReader
from client.ports.readiness import Condition
from client.rules.names import LOST
from devices.children.native import bits_of
from devices.idcard import faults
from devices.idcard.card_child import CardChild, card_command
from devices.idcard.cards import SAMPLES, text_block
from devices.idcard.conversation import Exchange
from devices.idcard.libraries import INITIALISED, Termb, content_of
from devices.idcard.library_reader import ChildSamReader, sdtapi_reader
from devices.idcard.termb_reader import NAME_WANTS_A_LOOK, TermbReader
from devices.idcard.use import reader_of
from tests.devices.standing_in import HASTY, MOVED, QUICK, Counter, clock

ROOT = Path(__file__).parents[2]
Made = Callable[..., AbstractContextManager[ChildSamReader | TermbReader]]
WORDS = {
    "name": "张三", "sex": "男", "nation": "汉", "birth": "1901-01-01", "address": "示例市示例区示例路1号",
    "number": "110101190101010011", "issuer": "示例市公安局示例分局", "valid_from": "2020.01.01", "valid_to": "长期",
}  # fmt: skip


@contextmanager
def sdtapi(library: Path, witness: list[Exchange] | None = None, port: int = 1001) -> Iterator[ChildSamReader]:
    seen = witness.append if witness is not None else None
    with closing(sdtapi_reader(str(library), port, clock=clock, timing=QUICK, terms=HASTY, witness=seen)) as made:
        yield made


@contextmanager
def termb(library: Path, port: int = 1001) -> Iterator[TermbReader]:
    with closing(TermbReader(str(library), port, clock=clock, timing=QUICK, terms=HASTY)) as made:
        yield made


def failure_of(reader: IdCardReader) -> tuple[DeviceState, Fault]:
    with pytest.raises(DeviceError) as caught:
        reader.read()
    assert caught.value.title, "every place of the sentence is filled"
    assert caught.value.advice
    return caught.value.state, caught.value.fault


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_sdtapi_reads_every_card_by_its_raw_text(libraries: Path, counter: Counter, kind: str) -> None:
    card = SAMPLES[kind]
    counter.place(card)
    with sdtapi(libraries / "sdtapi.so") as reader:
        document = reader.read()
    assert (document.kind, document.number) == (card.kind, card.fields["number"])
    assert document.name == card.fields.get("name")
    assert document.photo == card.photo
    assert document.address == (card.newer_address or card.fields.get("address"))


def test_a_library_without_the_newer_address_reads_all_else(libraries: Path, counter: Counter) -> None:
    counter.place(MOVED)
    with sdtapi(libraries / "older.so") as reader:
        document = reader.read()
    assert (document.address, document.warnings) == (MOVED.fields["address"], ())


def test_one_child_reads_one_card_after_the_other(libraries: Path, counter: Counter) -> None:
    seen: list[Exchange] = []
    with sdtapi(libraries / "sdtapi.so", seen) as reader:
        assert failure_of(reader) == (DeviceState.TIMED_OUT, faults.NO_CARD)
        first = reader._child.process_id
        counter.place(MOVED)
        assert reader.read().name == "张三"
        assert failure_of(reader) == (DeviceState.TIMED_OUT, faults.SAME_CARD)
        counter.place(None)
        failure_of(reader)
        counter.place(SAMPLES["resident-rare"])
        assert reader.read().name == SAMPLES["resident-rare"].fields["name"]
        assert reader._child.process_id == first
        assert reader.facts().sam_id == "05.03-20090101-0000123456-0123456789"
    assert {(each.dialect, each.status) for each in seen} >= {("sdtapi", 0x80), ("sdtapi", 0x9F), ("sdtapi", 0x90)}


def test_termb_reads_by_raw_text_where_it_leaves_one(libraries: Path, counter: Counter) -> None:
    counter.place(SAMPLES["resident-rare"])
    counter.getters(**WORDS)
    with termb(libraries / "termb.so") as reader:
        document = reader.read()
    assert document.name == SAMPLES["resident-rare"].fields["name"]
    assert document.warnings == ()
    assert document.photo == SAMPLES["resident-rare"].photo


def test_termb_reads_by_its_getters_and_says_that_the_name_wants_a_look(libraries: Path, counter: Counter) -> None:
    counter.getters(**WORDS)
    with termb(libraries / "termb.so") as reader:
        document = reader.read()
    assert document.as_json() == {
        **dict.fromkeys(document.as_json()),
        "kind": "resident", "name": "张三", "sex": "男", "nation": "汉", "birth": "1901-01-01",
        "address": "示例市示例区示例路1号", "number": "110101190101010011", "issuer": "示例市公安局示例分局",
        "valid_from": "2020-01-01", "valid_to": "长期", "warnings": [NAME_WANTS_A_LOOK],
    }  # fmt: skip


def test_a_character_that_gbk_lost_is_told(libraries: Path, counter: Counter) -> None:
    counter.getters(**{**WORDS, "name": "李𠮷"})
    with termb(libraries / "termb.so") as reader:
        document = reader.read()
    assert document.name == "李?"
    assert document.warnings == (LOST.format(position=2, code="003F"), NAME_WANTS_A_LOOK)


def test_a_permit_is_told_by_its_number_and_a_foreigners_card_is_not_guessed_at(
    libraries: Path, counter: Counter
) -> None:
    counter.getters(**{**WORDS, "number": "810000190101010015"})
    with termb(libraries / "termb.so") as reader:
        assert reader.read().kind is DocumentKind.HMT_PERMIT
        counter.getters(number="CAN110001010101")
        assert failure_of(reader) == (DeviceState.UNSUPPORTED, faults.WRONG_CARD)


@pytest.mark.expected_warnings("child lost.*how='ended'")
def test_what_termb_writes_is_erased_whatever_becomes_of_it(libraries: Path, counter: Counter) -> None:
    counter.place(MOVED)
    counter.getters(**WORDS)
    with termb(libraries / "termb.so") as reader:
        counter.order("read:crash")
        assert failure_of(reader) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)
        folder = reader._folder
        assert folder is not None
        assert folder.stat().st_mode & 0o777 == 0o700
        assert list(folder.iterdir()) == []
        assert reader.read().name == "张三"
        assert list(folder.iterdir()) == []
    assert not folder.exists()


def test_the_child_itself_erases_and_takes_nothing_for_new_that_lay_there_before(
    libraries: Path, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some versions write beside the library, where a file of another program may lie that is not ours to erase."""
    own, beside = tmp_path / "own", tmp_path / "beside"
    for folder in (own, beside):
        folder.mkdir()
    library = shutil.copy(libraries / "termb.so", beside / "termb.so")
    locked, erasing = beside / "zp.bmp", Path.unlink
    locked.write_bytes(b"of a card before")
    (beside / "fp.dat").write_bytes(b"prints")

    def unlink(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as pathlib has it
        if path == locked:
            raise PermissionError
        erasing(path, missing_ok=missing_ok)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "unlink", unlink)
    counter.place(MOVED)
    counter.getters(name="张三")
    termb = Termb(str(library), 1001, str(own))
    assert [termb.open(), termb.do({"command": "find"})[0]] == [1, 1]
    status, data = termb.do({"command": "read"})
    termb.close()
    text, photo, picture, _ = content_of(data)
    assert (status, text, photo, picture) == (1, text_block(MOVED), MOVED.photo, b"")
    assert list(own.iterdir()) == []
    assert {each.name for each in beside.iterdir()} == {"termb.so", "zp.bmp"}


UNUSABLE = {
    "gone.so": (faults.LIBRARY_MISSING, ""),
    "bits.so": (faults.LIBRARY_BITS, "32位"),
    "text.so": (faults.LIBRARY_FOREIGN, "text.so"),
    "other": (faults.LIBRARY_FOREIGN, "SDT_OpenPort"),
}


@pytest.mark.parametrize("name", list(UNUSABLE))
def test_a_library_that_cannot_be_used_is_told_by_the_lamp_and_at_the_reading(
    libraries: Path, counter: Counter, name: str
) -> None:
    fault, said = UNUSABLE[name]
    with sdtapi(libraries / ("termb.so" if name == "other" else name)) as reader:
        assert failure_of(reader) == (DeviceState.UNSUPPORTED, fault)
        look = reader.check()
        assert look.condition is Condition.FAILED
        assert said in look.words


@pytest.mark.expected_warnings("child lost.*how='ended'")
def test_a_library_that_is_torn_takes_the_child_down_and_nothing_else(libraries: Path, counter: Counter) -> None:
    """The system's own loader falls over such a file."""
    with sdtapi(libraries / "torn.so") as reader:
        assert failure_of(reader) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)


def test_a_library_that_the_system_does_not_find_by_name_is_missing(counter: Counter) -> None:
    with sdtapi(Path("libnone-such.so")) as reader:
        assert failure_of(reader) == (DeviceState.UNSUPPORTED, faults.LIBRARY_MISSING)


@pytest.mark.parametrize("made", [sdtapi, termb])
def test_a_port_that_is_not_there_is_an_absent_reader(libraries: Path, counter: Counter, made: Made) -> None:
    library = libraries / f"{made.__name__}.so"
    with made(library, port=3) as reader:
        assert failure_of(reader) == (DeviceState.ABSENT, faults.NO_READER)
        assert reader.check().condition is Condition.FAILED
    with made(library) as reader:
        assert reader.check().condition is Condition.READY


@pytest.mark.expected_warnings("child lost.*told='Fatal Python error: Segmentation fault")
def test_a_library_that_crashes_again_and_again_rests_and_the_lamp_says_so(libraries: Path, counter: Counter) -> None:
    with sdtapi(libraries / "sdtapi.so") as reader:
        for _ in range(3):
            reader._child._children._rested_at = 0.0
            counter.order("open:crash")
            assert failure_of(reader) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)
        look = reader.check()
        assert (look.condition, look.words) == (Condition.FAILED, "身份证阅读器的驱动程序接连出错，暂停使用")
        assert "30秒" in look.advice


def test_a_child_that_died_between_two_readings_is_not_missed(libraries: Path, counter: Counter) -> None:
    with sdtapi(libraries / "sdtapi.so") as reader:
        counter.place(MOVED)
        reader.read()
        process = reader._child.process_id
        assert process is not None
        os.kill(process, signal.SIGKILL)
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        assert reader.read().name == "张三"


@pytest.mark.expected_warnings("child lost.*told='Fatal Python error")
def test_what_a_library_prints_is_neither_among_the_answers_nor_in_the_log(
    libraries: Path, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    counter.place(MOVED)
    counter.order("select:print")
    with sdtapi(libraries / "sdtapi.so") as reader:
        assert reader.read().name == "张三"
        counter.lift()
        counter.order("select:crash")
        assert failure_of(reader) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)
    assert "libraries.py" in caplog.text, "where it fell over"
    assert "what stands on the card" not in caplog.text


def test_the_program_itself_is_the_child_and_an_interpreter_without_packages_too(
    libraries: Path, counter: Counter
) -> None:
    counter.place(MOVED)
    for python in (None, sys.executable):
        with closing(reader_of(f"sdtapi:{libraries / 'sdtapi.so'}?port=1016", clock, python=python)) as reader:
            assert reader.read().name == "张三"


def test_another_interpreter_finds_the_childs_side_beside_a_packaged_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"sys.path.append({str(ROOT)!r})" in card_command("/opt/python32")[-1]
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/yichuang", raising=False)
    python, *_, program = card_command("/opt/python32")
    assert (python, "'/opt/yichuang/drivers'" in program) == ("/opt/python32", True)
    packed = re.findall(r'"((?:(?:children|idcard)/\w+|__init__)\.py)"', (ROOT / "build.spec").read_text("utf-8"))
    loaded = (
        "import sys; from devices.idcard import child; "
        "print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'devices'])"
    )
    ours = subprocess.run((sys.executable, "-c", loaded), capture_output=True, text=True, check=True).stdout.split()
    assert {str(ROOT / "devices" / name) for name in packed} == set(ours)


@pytest.mark.parametrize("address", ["sdtapi:", "termb:x?port=usb", "sdtapi:x?ports=1", "termb:?port=1001"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(DeviceError) as caught:
        reader_of(address, clock)
    assert (caught.value.fault, address in caught.value.title) == (faults.WRONG_ADDRESS, True)


@pytest.mark.parametrize(("order", "fault"), [("unplug", faults.NO_READER), ("status=60", faults.MODULE_LOCKED)])
def test_a_look_sees_what_became_of_the_reader_and_that_it_is_back(
    libraries: Path, counter: Counter, order: str, fault: Fault
) -> None:
    with sdtapi(libraries / "sdtapi.so") as reader:
        assert reader.check().condition is Condition.READY
        counter.order(f"status:{order}")
        look = reader.check()
        assert (look.condition, look.words) == (Condition.FAILED, fault.title.format(device=reader.name))
        assert reader.check().condition is Condition.READY, "an order is done once"


def test_what_a_window_that_was_killed_left_behind_is_erased(
    libraries: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(counter.folder))
    of_dead, of_living = counter.folder / "yichuang-card-4194305-x", counter.folder / f"yichuang-card-{os.getppid()}-x"
    for folder in (of_dead, of_living):
        folder.mkdir()
        (folder / "wz.txt").touch()
    with termb(libraries / "termb.so") as reader:
        assert reader.check().condition is Condition.READY
    assert (of_dead.exists(), of_living.exists()) == (False, True)


def test_a_look_leaves_a_reading_alone(libraries: Path, counter: Counter) -> None:
    with sdtapi(libraries / "sdtapi.so") as reader, reader._child.turn():
        assert reader.check().words == "正在读卡"


@pytest.mark.parametrize(
    ("head", "bits"),
    [
        (b"\x7fELF\x01", 32), (b"\x7fELF\x02", 64), (b"\x7fELF", None), (b"\x7fELF\x09", None), (b"", None),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0\x4c\x01", 32), (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0\x64\x86", 64),
        (b"MZ" + bytes(58) + b"\xff\xff\0\0", None), (b"MZ", None),
    ],
)  # fmt: skip
def test_a_library_tells_its_bits(head: bytes, bits: int | None) -> None:
    assert bits_of(head) == bits


@pytest.mark.parametrize("data", [b"", b"\0\0\0\5abc", b"\xff" * 200])
def test_a_content_that_is_cut_short_is_none(data: bytes) -> None:
    with pytest.raises(ValueError, match="cut short"):
        content_of(data)


def test_a_driver_that_was_not_opened_answers_so(libraries: Path) -> None:
    driver = {"driver": "termb", "library": str(libraries / "termb.so"), "port": 1001, "folder": str(libraries)}
    with closing(CardChild("读卡器", driver, opened=INITIALISED, terms=HASTY)) as child:
        with pytest.raises(DeviceError) as caught:
            child.ask(5.0, command="find")
        assert caught.value.fault is faults.NO_READER
