"""The settings of a window: what is read, what goes before what, and what is refused by name."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from client.config import FILE, Origin, Settings, load_settings, origins, write_settings
from client.errors import StoreError
from client.ports.manners import PrintRule, Sides
from client.ports.papers import PaperKind

NEEDED: dict[str, Any] = {
    "region": "110101",
    "hall_code": "01",
    "hall_name": "示例市政务服务大厅",
    "window_no": "07",
    "paper_serials": (1, 999),
}
WORDS = """
region = "110101"
hall_code = "01"
hall_name = "示例市政务服务大厅"
window_no = "07"
paper_serials = [1, 999]
"""


def write(folder: Path, more: str = "", words: str = WORDS) -> Path:
    (folder / FILE).write_text(words + more, encoding="utf-8")
    return folder


def refusal(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        load_settings(folder)
    assert FILE in caught.value.title
    return caught.value


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path))
    assert settings == Settings(**NEEDED)
    assert settings.source_uri == "urn:yichuang:window:110101-01-07"
    assert str(settings.zone) == "Asia/Shanghai"
    assert (settings.hub_url, settings.reader_port, settings.idle_lock_minutes) == (None, None, 10)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    organs = {"11110101000000001D": {"name": "示例市市场监督管理局", "advice_phone": "0000-0000001"}}
    full = Settings(
        **NEEDED,
        hub_url="https://hub.example.org/api",
        reader_port="COM3",
        scanner="sane:genesys:libusb:001:004",
        printer="ipp://localhost/printers/win1",
        organs=organs,
        printers={"slip": "simulated?pace=0"},
        prints={
            "usual": PrintRule(sides=Sides.LONG_EDGE),
            PaperKind.RECEIVING_SLIP: PrintRule(printer="slip", copies=1),
        },
        keep_days=30,
        upload_kib=512,
        theme="high_contrast",
        large_type=True,
        keys={"accept": "F12"},
    )
    for settings in (Settings(**NEEDED), full):
        write_settings(tmp_path, settings)
        assert load_settings(tmp_path) == settings
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_line_written_at_the_end_of_a_new_file_is_a_setting(tmp_path: Path) -> None:
    """Behind an empty `[keys]` it would be a key of an act, and nobody would hear of it."""
    write_settings(tmp_path, Settings(**NEEDED))
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('hub_url = "https://hub.example.org"\n')
    assert load_settings(tmp_path).hub_url == "https://hub.example.org"


def test_a_sample_says_so_on_top_and_in_a_key_of_its_own(tmp_path: Path) -> None:
    write_settings(tmp_path, Settings(**NEEDED, sample=True))
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith("# 示例大厅的设置")
    assert load_settings(tmp_path).sample
    assert not load_settings(write(tmp_path)).sample


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'hub_url = "https://hub.example.org"\n')
    monkeypatch.setenv("YICHUANG_HUB_URL", "http://127.0.0.1:8000")
    monkeypatch.setenv("YICHUANG_PAPER_SERIALS", "[5, 6]")
    monkeypatch.setenv("YICHUANG_PIN_FILE", "pin")  # no setting: a command's own
    settings = load_settings(tmp_path)
    assert (settings.hub_url, settings.paper_serials) == ("http://127.0.0.1:8000", (5, 6))


def test_each_setting_tells_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'hub_url = "https://hub.example.org"\nkeep_days = 30\n')
    monkeypatch.setenv("YICHUANG_HUB_URL", "http://127.0.0.1:8000")
    found = origins(tmp_path)
    assert set(found) == set(Settings.model_fields)
    told = [found[name] for name in ("hub_url", "keep_days", "idle_lock_minutes")]
    assert told == [Origin.ENVIRONMENT, Origin.FILE, Origin.USUAL]


def test_without_a_file_nothing_comes_from_it(tmp_path: Path) -> None:
    assert set(origins(tmp_path).values()) == {Origin.USUAL}


def test_the_file_alone_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_HUB_URL", "http://127.0.0.1:8000")
    assert load_settings(write(tmp_path), environment=False).hub_url is None


@pytest.mark.parametrize("value", ["simulated", "simulated?fail=jammed:2", "sane:test:0", "sane:a b"])
def test_scanners_are_named_by_sane_or_simulated(value: str) -> None:
    assert Settings(**NEEDED, scanner=value, reader_port="simulated", printer="simulated").scanner == value


@pytest.mark.parametrize("value", ["simulated", "simulated?fail=absent:2&pace=0", "COM5?digit-from-best"])
def test_a_rating_box_is_a_port_and_its_frames_or_simulated(value: str) -> None:
    assert Settings(**NEEDED, rating_port=value).rating_port == value


def test_a_mark_that_an_editor_of_windows_puts_in_front_is_no_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, 'reader_port = "COM7"\n', "\ufeff" + WORDS)
    assert load_settings(folder).reader_port == "COM7"


def test_the_environment_does_not_reach_settings_made_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_REGION", "999999")
    assert Settings(**NEEDED).region == "110101"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings(**NEEDED).region = "110102"  # type: ignore[misc] # that is what is refused


@pytest.mark.parametrize("key", ["hub_ulr", "organs.11110101000000001D.nmae"])
def test_an_unknown_key_is_refused_by_name(tmp_path: Path, key: str) -> None:
    error = refusal(write(tmp_path, f'{key} = "x"\n'))
    assert key.rpartition(".")[2] in error.title


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("region", '"1101"'),
        ("window_no", '"7"'),
        ("hall_name", '""'),
        ("hub_url", '"hub.example.org"'),
        ("paper_serials", "[9, 1]"),
        ("paper_serials", "[0, 1]"),
        ("time_zone", '"Asia/Nowhere"'),
        ("idle_lock_minutes", "0"),
        ("keep_days", "0"),
        ("upload_kib", "15"),
        ("scanner", '"genesys"'),
        ("scanner", '"sane:"'),
        ("printer", '"lpt1"'),
        ("printers", '{ "Slip" = "simulated" }'),
        ("printers", '{ slip = "lpt1" }'),
        ("prints", '{ receiving_slip = { printer = "nobody" } }'),
        ("prints", "{ receiving_slip = { copies = 0 } }"),
        ("prints", '{ usual = { tray = "tray 2" } }'),
        ("prints", "{ leaflet = { copies = 1 } }"),
        ("printer", '"http://127.0.0.1/ipp/print"'),
        ("theme", '"pink"'),
        ("keys", '"F9"'),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(tmp_path: Path, key: str, value: str) -> None:
    kept = "".join(line for line in WORDS.splitlines(keepends=True) if not line.startswith(key))
    error = refusal(write(tmp_path, f"{key} = {value}\n", kept))
    assert error.code == "STORE-154"
    assert key in error.title
    assert not re.search("[A-Za-z]{3}", error.title.rpartition("（")[2])  # the reason is Chinese


@pytest.mark.parametrize("key", NEEDED)
def test_what_only_the_hall_can_know_must_be_said(tmp_path: Path, key: str) -> None:
    kept = "".join(line for line in WORDS.splitlines(keepends=True) if not line.startswith(key))
    assert key in refusal(write(tmp_path, words=kept)).title


def test_a_broken_variable_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_ORGANS", "{")
    assert "YICHUANG_" in refusal(write(tmp_path)).title


@pytest.mark.parametrize(
    ("words", "place"),
    [(b"region = ", "没有写完"), (b"a = 1\nb b", "第 2 行第 3 列"), (b'hall_name = "\xff"', "应为 UTF-8 文字")],
)
def test_a_file_that_is_no_toml_is_refused_with_the_place(tmp_path: Path, words: bytes, place: str) -> None:
    (tmp_path / FILE).write_bytes(words)
    error = refusal(tmp_path)
    assert error.code == "STORE-152"
    assert f"（{place}）" in error.title


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert "（读不到）" in refusal(tmp_path).title


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "STORE-151"


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "settings.partial").mkdir()  # in the way of the new file
    with pytest.raises(StoreError) as caught:
        write_settings(tmp_path, Settings(**NEEDED, keep_days=1))
    assert caught.value.code == "STORE-155"
    assert load_settings(tmp_path) == Settings(**NEEDED)
