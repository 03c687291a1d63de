"""`yichuang demo`: a real window under a screen of its own, worked by keys; a real outage, a real kill."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PIL import Image

from client.console import Console
from client.demo.clerk import ScreenClerk
from client.demo.counting import Count
from client.demo.ears import Ears
from client.demo.hall import Hall
from client.demo.keyboard import Keyboard
from client.demo.plan import Plan
from client.demo.run import NOT_SEEN, SEEN, Run
from client.demo.screen import SIZE, Screen
from client.errors import CaseError, DeviceError
from tests.commands.typed import Done, typed

pytestmark = pytest.mark.timeout(440)  # four cases by keys, an outage, a kill, and then what a slow machine wants more

SUMMARY = {
    "accepted", "at_platform", "duplicates", "keys_per_case", "longest_gui_block_ms", "lost", "papers", "printed",
    "seconds", "sheets", "versions",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Four cases, one of each item, the platform away in the second and third, the window killed in the third."""
    out = tmp_path_factory.mktemp("demo")
    return typed("demo", "--cases", "4", "--outage", "2-3", "--simulated", "--out", out), out


def summary_of(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


def test_every_case_is_at_the_platform_once_and_printed(run: tuple[Done, Path]) -> None:
    done, out = run
    assert done.status == 0, done.err
    summary = summary_of(out)
    assert set(summary) == SUMMARY
    told = {key: summary[key] for key in ("accepted", "at_platform", "printed", "lost", "duplicates")}
    assert told == {"accepted": 4, "at_platform": 4, "printed": 4, "lost": 0, "duplicates": 0}


def test_a_sheet_came_out_for_every_paper_of_the_window(run: tuple[Done, Path]) -> None:
    """Four notices, and the slip of the case that was taken in first (the third, unless the kill came just then)."""
    summary = summary_of(run[1])
    assert summary["papers"] == summary["sheets"]
    assert summary["papers"] in {4, 5}


def test_a_case_costs_some_dozens_of_keys(run: tuple[Done, Path]) -> None:
    keys = summary_of(run[1])["keys_per_case"]
    assert isinstance(keys, dict)
    assert 40 < keys["least"] <= keys["median"] <= keys["most"] < 260


def test_it_says_case_by_case_what_it_does(run: tuple[Done, Path]) -> None:
    done, _ = run
    lines = done.err.splitlines()
    assert lines[0].startswith("演示大厅已开，平台 http://127.0.0.1:")
    for event in ("—— 平台断开", "—— 窗口被强行结束后重新打开", "—— 平台恢复"):
        assert sum(event in line for line in lines) == 1
    assert any("待上传（平台断开）" in line for line in lines)
    assert [line.split()[0] for line in lines if "  110101-" in line] == ["1", "2", "3", "4"]
    assert done.out.splitlines()[0].startswith("受理 4，平台已接收 4，已打印 4，丢失 0，重复 0，用时 ")


def test_pictures_of_every_page_are_left(run: tuple[Done, Path]) -> None:
    pictures = {path.stem: path for path in (run[1] / "screens").glob("*.png")}
    assert {"gathered", "done", "intake", "cases", "sending", "duty", "devices", "setup"} <= set(pictures)
    with Image.open(pictures["gathered"]) as picture:
        assert picture.size == SIZE
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 100


def test_what_it_told_names_nobody(run: tuple[Done, Path]) -> None:
    told = (run[1] / "window.jsonl").read_text(encoding="utf-8")
    assert "card-read" in told
    assert not any(word in told for word in ("张三", "李四", "110101190", "138000"))


def test_the_store_it_leaves_opens_with_the_secrets_it_leaves(
    run: tuple[Done, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out = run
    monkeypatch.setenv("YICHUANG_KEY_FILE", str(out / "key.txt"))
    assert (out / "key.txt").stat().st_mode & 0o077 == 0
    cases = typed("cases", "--profile", out / "profile", "--json").document
    assert [case["state"] for case in cases] == ["accepted"] * 4
    assert len({case["item"] for case in cases}) == 4


class Scripted(Run):
    """A run that hears how the prints stand, one after the other, in a hall with one sheet in its printer."""

    def __init__(self, *prints: list[str]) -> None:
        self._stand = iter(prints)
        self.said: list[object] = []
        self._hall = cast("Hall", SimpleNamespace(sheets=1))
        self._clerk = cast("ScreenClerk", SimpleNamespace(settle_print=lambda **how: self.said.append(how["came_out"])))
        self._console = cast("Console", SimpleNamespace(progress=self.said.append))

    def _prints(self) -> Counter[str | None]:
        return Counter(next(self._stand))


@pytest.mark.parametrize(
    ("others", "came_out", "told"), [(["done"], False, NOT_SEEN), ([], True, SEEN)], ids=["not out", "out"]
)
def test_a_print_the_window_died_in_is_looked_for_and_settled(
    others: list[str], told: str, *, came_out: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.demo.run.LOOK", 0.0)
    run = Scripted([*others, "printing"], [*others, "unknown"], [*others, "asked"], [*others, "done"])
    run._look_at_the_printer()
    assert run.said == [came_out, told]


@pytest.mark.parametrize(("outage", "killed_at"), [("1-1", 1), ("1-4", 3), ("2-3", 3), ("4-4", 4)])
def test_the_window_is_killed_in_the_middle_of_the_outage(outage: str, killed_at: int) -> None:
    assert Plan.of(4, outage).killed_at == killed_at


@pytest.mark.parametrize("outage", ["", "3", "0-1", "3-2", "2-5", "a-b"])
def test_an_outage_that_makes_no_sense_is_refused(outage: str) -> None:
    with pytest.raises(ValueError, match="A-B"):
        Plan.of(4, outage)


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "mine.txt").write_text("mine")
    with pytest.raises(CaseError) as refused, Hall(tmp_path, Screen(), real=False):
        pass
    assert refused.value.code == "CASE-401"
    assert (tmp_path / "profile" / "mine.txt").read_text() == "mine"


def test_a_process_that_ends_is_told_with_its_log(tmp_path: Path) -> None:
    with Screen() as screen, Hall(tmp_path, screen, real=False) as hall, pytest.raises(CaseError) as told:
        hall._start("reader", "card", "simulate", "--kind", "no-such-card").hear()
    assert (told.value.code, told.value.parameters["log"]) == ("CASE-402", tmp_path / "reader.log")
    assert "no-such-card" in (tmp_path / "reader.log").read_text(encoding="utf-8")


def test_nobody_else_looks_at_the_screen_or_presses_keys_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAUTHORITY", "/mine")
    with Screen() as screen:
        own = screen.environment()
        authority = Path(own["XAUTHORITY"])
        assert (authority.stat().st_mode & 0o077, authority.parent.stat().st_mode & 0o077) == (0, 0)
        ask = ["xdotool", "getdisplaygeometry"]
        for environment, told in ((own, "1366 768\n"), ({**own, "XAUTHORITY": "/dev/null"}, "")):
            assert subprocess.run(ask, check=False, env=environment, capture_output=True, text=True).stdout == told
        screen.shoot(tmp_path / "picture.png")
        with Image.open(tmp_path / "picture.png") as picture:
            assert picture.size == SIZE
    assert not authority.parent.exists()
    assert os.environ["XAUTHORITY"] == "/mine"


def case(number: str, state: str = "accepted", print_state: str | None = "done") -> dict[str, object]:
    papers = [{"kind": "acceptance_notice", "print_state": print_state}]
    return {"number": number, "state": state, "item": "", "papers": papers}


def test_what_is_lost_doubled_or_not_printed_is_counted() -> None:
    held = {"cases": [case("1"), case("2"), case("3", print_state="failed")], "events": {"1": 2, "2": 2, "3": 2}}
    platform = [
        {"number": "1", "state": "accepted", "events": 3},
        {"number": "2", "state": "accepted", "events": 2},
    ]
    counted = Count(["1", "2", "3", "4"], held, platform).summary()
    assert counted == {
        "accepted": 3,
        "at_platform": 2,
        "duplicates": 1,
        "lost": 2,
        "papers": 3,
        "printed": 2,
    }


@pytest.mark.parametrize(
    "wrong", [{"lost": 1}, {"duplicates": 1}, {"at_platform": 3}, {"printed": 3}], ids=lambda wrong: next(iter(wrong))
)
def test_a_demo_that_went_wrong_fails(wrong: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = {"accepted": 4, "at_platform": 4, "printed": 4, "lost": 0, "duplicates": 0, "seconds": 1.0, **wrong}
    monkeypatch.setattr("client.demo.run.run_demo", lambda *_, **__: summary)
    done = typed("demo", "--cases", "4", "--outage", "2-3", "--out", tmp_path, "--json")
    assert (done.status, done.document) == (1, summary)


def test_ears_that_hear_nothing_say_for_what_they_waited(tmp_path: Path) -> None:
    narration = tmp_path / "window.jsonl"
    narration.write_text('{"event": "other"}\n{"event": "cut', encoding="utf-8")
    ears = Ears(narration, lambda: True, tmp_path / "window.log")
    with pytest.raises(CaseError) as nothing:
        ears.wait("accepted", patience=0.05)
    assert (nothing.value.code, nothing.value.parameters["event"]) == ("CASE-404", "accepted")


def test_a_machine_without_the_programs_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DeviceError) as no_screen, Screen():
        pass
    assert no_screen.value.code == "DEV-401"
    with pytest.raises(DeviceError) as no_keyboard:
        Keyboard({"PATH": "/nowhere"}).press("F2")
    assert no_keyboard.value.code == "DEV-402"
