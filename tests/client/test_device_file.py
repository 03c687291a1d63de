"""The device file of IT's: what it locks goes before the window's own file, and a wrong line costs that line alone."""

from importlib import resources
from pathlib import Path

import pytest

from client import device_file
from client.config import Origin, load_settings, origins
from client.device_file import FILE, NAMED_BY, Icon, load_device_file
from client.ports.pages import AS_USUAL, Sparing, Tint
from client.ports.scanner import Paper, ScanMode, ScanSource
from client.rules.batches import SeparatorKind
from tests.client.test_config import write

SHIPPED = """
[reader]
address = "COM3"
locked = true
[scanner]
address = "folder:D:/扫描"
[camera]
address = "camera:0"
[printer]
address = "ipp://print.example.org/printers/win1"
"""


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine's own folder that is the test's."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setattr(device_file, "machine_folder", lambda: folder)
    return folder


def test_a_window_without_one_has_its_own_settings(tmp_path: Path) -> None:
    assert load_device_file(tmp_path).path is None
    assert load_settings(write(tmp_path, 'reader_port = "COM7"\n')).reader_port == "COM7"


def test_what_is_locked_goes_before_the_windows_file_and_the_rest_behind_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SHIPPED, encoding="utf-8")
    settings = load_settings(write(tmp_path, 'reader_port = "COM7"\nprinter = "simulated"\n'))
    assert (settings.reader_port, settings.scanner, settings.printer) == ("COM3", "folder:D:/扫描", "simulated")
    assert settings.camera == "camera:0"
    found = origins(tmp_path)
    assert (found["reader_port"], found["scanner"], found["printer"]) == (
        Origin.LOCKED,
        Origin.DEVICES,
        Origin.FILE,
    )
    alone = load_settings(tmp_path, environment=False)
    assert (alone.reader_port, alone.scanner) == ("COM7", None), "what is written back is the window's own"


def test_the_environment_goes_before_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(SHIPPED, encoding="utf-8")
    monkeypatch.setenv("YICHUANG_READER_PORT", "simulated")
    assert load_settings(write(tmp_path)).reader_port == "simulated"
    assert origins(tmp_path)["reader_port"] is Origin.ENVIRONMENT


def test_the_first_there_is_counts(tmp_path: Path, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(SHIPPED, encoding="utf-8")
    (machine / FILE).write_text('[reader]\naddress = "COM4"\n', encoding="utf-8")
    assert load_device_file(tmp_path).usual == {"reader_port": "COM4"}
    named = tmp_path / "named.toml"
    named.write_text('[reader]\naddress = "COM5"\n', encoding="utf-8")
    monkeypatch.setenv(NAMED_BY, str(named))
    assert load_device_file(tmp_path).usual == {"reader_port": "COM5"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('[scaner]\naddress = "x"', "的 scaner 没有用上（不认识的项）"),
        ('[scanner]\naddress = "test:0"', "的 scanner.address 没有用上"),
        ('[scanner]\nadress = "sane:test:0"', "的 scanner.address 没有用上"),
        ('[scanner]\naddress = "sane:test:0"\nlocked = "yes"', "的 scanner.locked 没有用上"),
        ('scanner = "sane:test:0"', "的 scanner.address 没有用上"),
        ('[reader]\naddress = ""', "的 reader.address 没有用上"),
        ('[reader]\naddress = "/dev/\\u0000"', "的 reader.address 没有用上"),
        ('[scanner]\naddress = "folder:\\u0000"', "的 scanner.address 没有用上"),
    ],
)
def test_a_wrong_line_costs_that_line_alone(tmp_path: Path, words: str, told: str) -> None:
    (tmp_path / FILE).write_text(f'{words}\n[printer]\naddress = "simulated"\n', encoding="utf-8")
    found = load_device_file(tmp_path)
    assert found.usual == {"printer": "simulated"}
    assert [told in sentence for sentence in found.wrong] == [True], found.wrong
    assert load_settings(write(tmp_path)).printer == "simulated"


@pytest.mark.parametrize("content", [b"[reader", b"\xff\xfe", b"a = " + b"[" * 50_000])
def test_a_file_nobody_can_read_is_told_and_the_window_opens(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_device_file(tmp_path).wrong == (f"设备文件 {tmp_path / FILE} 没有用上（不是 TOML 格式）",)
    assert load_settings(write(tmp_path)).reader_port is None


def test_a_file_too_long_to_be_one_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"#" * (device_file.LARGEST + 1))
    assert load_device_file(tmp_path).wrong == (f"设备文件 {tmp_path / FILE} 没有用上（超过 64 KB）",)


def test_a_mark_before_the_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'\xef\xbb\xbf[reader]\naddress = "COM3"\n')
    assert load_device_file(tmp_path).usual == {"reader_port": "COM3"}


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert load_device_file(tmp_path).wrong == (f"设备文件 {tmp_path / FILE} 没有用上（读不到）",)


def test_a_named_file_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED_BY, str(tmp_path / "gone.toml"))
    assert load_device_file(tmp_path).wrong == (f"设备文件 {tmp_path / 'gone.toml'} 没有用上（读不到）",)


WAYS = """
[[scan_profiles]]
name = "证件"
icon = "scan_card"
source = "flatbed"
paper = "card"
dpi = 300
[[scan_profiles]]
name = "整叠分拣"
separator = "slot_sheet"
mode = "grey"
default = true
locked = true
[[scan_profiles]]
name = "两页一项"
device = "camera"
separator = "every"
every = 2
starts_itself = true
"""


def test_the_halls_ways_to_scan_the_default_first(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WAYS, encoding="utf-8")
    found = load_device_file(tmp_path)
    assert found.wrong == ()
    assert [(way.name, way.icon, way.is_locked) for way in found.ways] == [
        ("整叠分拣", "", True),
        ("证件", "scan_card", False),
        ("两页一项", "", False),
    ]
    sorted_way, card, two = found.ways
    assert (two.starts_itself, card.starts_itself) == (True, False)
    assert [way.by_camera for way in found.ways] == [False, False, True]
    assert (sorted_way.order.mode, sorted_way.separator.kind) == (ScanMode.GREY, SeparatorKind.SLOT_SHEET)
    assert (card.order.source, card.order.paper, two.separator.every) == (ScanSource.FLATBED, Paper.CARD, 2)


def test_a_way_that_is_wrong_is_passed_over_and_named(tmp_path: Path) -> None:
    wrong = WAYS.replace("dpi = 300", "dpi = 5000").replace('"两页一项"', '"整叠分拣"')
    (tmp_path / FILE).write_text(wrong, encoding="utf-8")
    found = load_device_file(tmp_path)
    assert [way.name for way in found.ways] == ["整叠分拣"]
    assert ["scan_profiles[1].dpi" in found.wrong[0], "scan_profiles[3].name" in found.wrong[1]] == [True, True]
    (tmp_path / FILE).write_text('scan_profiles = "all"', encoding="utf-8")
    assert "scan_profiles" in load_device_file(tmp_path).wrong[0]


def test_how_small_pages_are_kept_is_of_the_way_and_costs_no_more_than_itself(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(f'{WAYS}most_kb = 300\ngive_up = "bilevel"\n', encoding="utf-8")
    assert [way.sparing for way in load_device_file(tmp_path).ways] == [
        AS_USUAL,
        AS_USUAL,
        Sparing(300 * 1024, Tint.BILEVEL),
    ]
    path.write_text(f'{WAYS}most_kb = 3\ngive_up = "all"\n', encoding="utf-8")
    found = load_device_file(tmp_path)
    assert [(way.name, way.sparing) for way in found.ways][2:] == [("两页一项", AS_USUAL)], "the way itself stays"
    assert ["scan_profiles[3].most_kb" in found.wrong[0], "scan_profiles[3].give_up" in found.wrong[1]] == [True, True]
    path.write_text(f"{WAYS}most_kb = 3\ndpi = 5\n", encoding="utf-8")
    assert len((found := load_device_file(tmp_path)).ways) == 2
    assert "scan_profiles[3].dpi" in found.wrong[0]


def test_every_icon_of_a_way_is_there() -> None:
    assert all((resources.files("resources") / "icons" / f"{each}.svg").is_file() for each in Icon)


def test_a_folder_nobody_may_look_into_is_told_and_passed_over_for_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text(SHIPPED, encoding="utf-8")

    class Barred(type(tmp_path)):  # type: ignore[misc] # the path of this system
        def stat(self, **_: bool) -> None:  # whoever is root may look everywhere
            raise PermissionError(13, "not for you", str(self))

    monkeypatch.setattr(device_file, "machine_folder", lambda: Barred("/machine"))
    found = load_device_file(tmp_path)
    assert (found.locked, len(found.wrong)) == ({}, 1)
    assert "读不到" in found.wrong[0]
