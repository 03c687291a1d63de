"""`yichuang numbers` and numbers leased from a real hub: the window's books and the platform's agree."""

from pathlib import Path
from typing import Any

import pytest

import yichuang
from client.store import numbers
from sync.hub.problems import Kind, Rejection
from tests.commands.conftest import Window
from tests.commands.typed import Done, typed
from tests.hubs import LocalHub


def series(window: Window) -> str:
    return window.paper_number.partition("〕")[0] + "〕"


def reported(window: Window, name: str = "") -> dict[str, Any]:
    found: list[dict[str, Any]] = window.run("numbers", "report").document["series"]
    return next(each for each in found if each["series"] == (name or series(window)))


def give(window: Window, serial: int) -> None:
    """A number on the books without those before it."""
    with yichuang.FrontDoor().write(str(window.profile)) as house, house.counter.memory.begin() as connection:
        numbers.record(connection, series(window), serial, f"{series(window)}{serial}号", house.counter.clock())


def test_the_report_of_a_window_with_a_range_of_its_own(window: Window) -> None:
    done = window.run("numbers", "report")
    assert (done.status, done.document["gaps"]) == (0, "none")
    assert reported(window) == {
        "series": series(window),
        "blocks": [{"first": 1, "last": 9999}],
        "issued": 1,
        "voided": [],
        "returned": [],
        "free": 9998,
        "gaps": [],
        "before": [],
    }
    assert f"{series(window)}  号段 1–9999，已发 1，作废 0，退回 0，空闲 9998，缺号：无" in window.told(
        "numbers", "report"
    )
    assert window.run("numbers", "report", "--year", "2001").document["series"] == []


def test_a_gap_fails_the_report_until_it_is_explained(window: Window) -> None:
    give(window, 4)
    failed = window.run("numbers", "report")
    assert (failed.status, failed.document["gaps"], failed.err) == (1, [series(window)], "")
    assert typed("numbers", "report", "--profile", window.profile).out.strip().endswith("缺号：2–3")
    assert window.run("numbers", "explain", series(window), "1", "--reason", "示例").error["code"] == "CASE-222"
    done = window.run("numbers", "explain", series(window), "2", "3", "--reason", "纸张损毁")
    assert done.document == {"series": series(window), "first": 2, "last": 3, "reason": "纸张损毁"}
    assert [row["reason"] for row in reported(window)["voided"]] == ["纸张损毁", "纸张损毁"]
    assert window.run("numbers", "report").status == 0


def test_numbers_are_leased_and_go_back(window: Window, tmp_path: Path) -> None:
    """The first block holds a number this window gave before it leased any: it is passed over."""
    window.write_setting("paper_block = 20")
    with LocalHub(tmp_path) as hub:

        def at_hub() -> dict[str, Any]:
            rows = typed("hub", "numbers", "--store", hub.store_url, "--json").document
            found: dict[str, Any] = next(row for row in rows if row["series"] == series(window))
            return found

        assert [window.run("sync", "--once", "--hub", hub.url).status for _ in range(2)] == [0, 0]
        assert at_hub() == {"series": series(window), "last": 40, "blocks": 2, "returned": 0}
        assert reported(window)["blocks"] == [{"first": 21, "last": 40}]
        (rest,) = window.run("numbers", "return", series(window)).document
        assert rest["first"] == 21
        assert rest["series"] == series(window)
        assert window.told("numbers", "return", series(window)) == [f"{series(window)}  待退回：自第21号起"]
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
        assert window.told("numbers", "return", series(window)) == ["没有可以退回的编号"]
        assert at_hub()["returned"] == 20
        told = typed("hub", "numbers", "--store", hub.store_url).out
        assert f"{series(window)}  已发到第40号，2个号段，退回20个" in told
    assert reported(window)["returned"] == [{"first": 21, "last": 40}]


def test_a_paper_that_was_numbered_later_is_told_with_both_numbers(window: Window, tmp_path: Path) -> None:
    window.write_setting("paper_block = 20")
    late = window.run("intake", window.example).document
    (provisional,) = (paper["number"] for paper in late["papers"])
    with LocalHub(tmp_path) as hub:
        assert [window.run("sync", "--once", "--hub", hub.url).status for _ in range(3)] == [0, 0, 0]
        *_, paper = window.told("case", late["case"]["number"])
        assert paper == f"  {provisional}（正式编号{series(window)}21号）  待用印"
        assert window.told("reconcile", "--hub", hub.url) == ["本机与平台一致：2 件"]


def test_a_platform_that_leases_nothing_is_told_and_the_cases_go_up_all_the_same(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Rejection(Kind.OTHER_BLOCK)

    monkeypatch.setattr("sync.hub.numbers.lease", refuse)
    window.write_setting("paper_block = 20")
    with LocalHub(tmp_path) as hub:
        done = window.run("sync", "--once", "--hub", hub.url)
    assert (done.status, done.document["sent"], done.document["waiting"]) == (1, 2, 0)
    assert "PLAT-refused" in Done(1, "", done.err).error["title"]


def test_the_platform_may_begin_a_series_behind_what_was_given(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        window.run("sync", "--once", "--hub", hub.url)
        words = ("hub", "numbers", "--store", hub.store_url, "--series", series(window), "--above", "500", "--json")
        assert typed(*words).document == [{"series": series(window), "last": 500, "blocks": 0, "returned": 0}]
        window.write_setting("paper_block = 20")
        window.run("sync", "--once", "--hub", hub.url)
    assert reported(window)["blocks"] == [{"first": 501, "last": 520}]


@pytest.mark.parametrize("words", [("--series", "甲〔2026〕"), ("--above", "5")])
def test_a_series_and_its_serial_are_told_together(window: Window, words: tuple[str, str]) -> None:
    assert typed("hub", "numbers", *words, "--json").status == 2
