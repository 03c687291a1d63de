"""`yichuang exceptions` and the hub's side of it: what was refused is listed with its choices, and one is made."""

import json
from pathlib import Path

import pytest

from client.catalogue import load_catalogue
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.data import resident_id
from tests.hubs import HubProcess

APPLICATION = {
    "number": "W1",
    "item": "11110101000000001D400013112400Y01",
    "identifier": resident_id(1),
    "received_at": "2026-03-02T09:00:00+08:00",
}


def item_in_the_window() -> tuple[str, int]:
    """Code and version of the handling item of the case in the window."""
    item = load_catalogue().find("食品经营许可")
    return item.task_handle_item, item.version


def test_what_is_refused_is_listed_and_decided(window: Window, tmp_path: Path) -> None:
    code, version = item_in_the_window()
    with HubProcess(tmp_path) as hub:
        assert (
            typed("hub", "revise", code, str(version + 1), "--store", hub.store_url).out == f"{code}  {version + 1}\n"
        )
        assert window.run("sync", "--once", "--hub", hub.url).status == 1
        (entry,) = window.run("exceptions", "list").document
        assert (entry["case"], entry["kind"]) == (window.number, "事项版本已更新")
        assert entry["differences"] == [{"field": "事项版本", "ours": str(version), "theirs": str(version + 1)}]
        assert entry["choices"] == {"keep-version": "按收件时的事项版本办理"}
        lines = window.told("exceptions", "list")
        assert lines[0].endswith("受理  事项版本已更新（该事项在平台已有新的版本）")
        assert lines[1:] == [f"    事项版本：{version} → {version + 1}", "    keep-version  按收件时的事项版本办理"]
        wrong = window.run("exceptions", "choose", entry["id"], "for-the-record")
        assert wrong.error["code"] == "CASE-342"
        chosen = window.run("exceptions", "choose", entry["id"], "keep-version")
        assert chosen.document == {"case": window.number, "choice": "keep-version"}
        assert window.run("sync", "--once", "--hub", hub.url).status == 0
        assert window.run("exceptions", "list").document == []


def test_an_online_application_is_registered_once(tmp_path: Path) -> None:
    file = tmp_path / "application.json"
    file.write_text(json.dumps(APPLICATION))
    with HubProcess(tmp_path) as hub:
        words = ("hub", "online", file, "--store", hub.store_url, "--json")
        assert typed(*words).document == {"number": "W1"}
        assert typed(*words).error["code"] == "PLAT-online-taken"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (None, "全文（读不到）"),
        ({}, "number（缺少）"),
        ({**APPLICATION, "item": APPLICATION["item"][:-2]}, "item（格式不对）"),  # its 实施编码: no case would meet it
        ({**APPLICATION, "received_at": "2026-03-02T09:00:00"}, "received_at（"),
    ],
)
def test_a_file_that_is_no_application(tmp_path: Path, content: dict[str, str] | None, wrong: str) -> None:
    file = tmp_path / "application.json"
    if content is not None:
        file.write_text(json.dumps(content))
    error = typed("hub", "online", file, "--json").error
    assert error["code"] == "PLAT-304"
    assert f"application.json 不是一份网上申请：{wrong}" in error["title"]
