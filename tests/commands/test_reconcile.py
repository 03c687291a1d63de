"""`yichuang reconcile`: one line when all agree, a list and exit 1 when not, and what mends it."""

from pathlib import Path

import pytest

from sync.hub.cases import list_cases
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.hubs import HubProcess


def test_a_window_without_a_platform_looks_at_itself(window: Window) -> None:
    done = window.run("reconcile", "--read")
    assert done.status == 0
    assert (done.document["ok"], done.document["agreed"], done.document["differences"]) == (True, None, [])
    assert window.told("reconcile")[0].startswith("本机文件、文书与编号一致：")


def test_an_agreed_window_says_so_in_one_line(window: Window, tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        assert window.told("reconcile", "--hub", hub.url) == ["本机与平台一致：1 件"]


def test_a_hub_that_lost_everything_gets_it_again(window: Window, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    with HubProcess(first) as hub:
        assert window.run("reconcile", "--hub", hub.url).document["agreed"] == 1
    with HubProcess(second) as hub:
        again = window.run("reconcile", "--hub", hub.url, "--mend")
        assert again.status == 0, "a feed that began anew tells the pass itself what to send again"
        assert [case["events"] for case in list_cases(hub.store_url)] == [2]


def test_a_damaged_file_is_listed_and_set_aside(window: Window) -> None:
    name = max((window.profile / "files").glob("?/??/*"))
    name.write_bytes(name.read_bytes()[:-1])
    done = window.run("reconcile")
    (found,) = done.document["differences"]
    assert (done.status, found["kind"], found["mend"]) == (1, "file_damaged", "set_aside")
    mended = typed("reconcile", "--mend", "--profile", window.profile)
    assert (mended.status, mended.out.splitlines()[-1]) == (1, "已处理 1 处，请再核对一次")
    (found,) = window.run("reconcile").document["differences"]
    assert (found["kind"], found["mend"]) == ("file_missing", "call_it")


@pytest.mark.parametrize("words", [("reconcile", "--hub", "http://127.0.0.1:9")])
def test_an_outage_is_said(window: Window, words: tuple[str, ...]) -> None:
    assert window.run(*words).error["code"] == "PLAT-unreachable"
