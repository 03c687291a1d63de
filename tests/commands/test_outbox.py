"""What the 同步 page lets a person do about an entry, typed: with the same rights, and in the audit."""

import csv
import io
from pathlib import Path

import pytest

import yichuang
from client.desk.sending import Show
from client.ports.platform import EventAnswer, Verdict
from client.store.tables import audit
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.hubs import LocalHub


def entries(window: Window, show: Show = Show.ALL) -> dict[str, tuple[str, str | None]]:
    return {e["id"]: (e["state"], e.get("held")) for e in window.run("outbox", "--show", show).document}


def acts(window: Window) -> list[str]:
    with yichuang.FrontDoor().read(str(window.profile)) as house, house.counter.memory.read() as connection:
        return [row.act for row in connection.execute(audit.select().order_by(audit.c.id))]


def test_an_entry_is_held_back_and_let_go_again(window: Window, tmp_path: Path) -> None:
    first, second = entries(window)
    held = window.run("outbox", "--hold", first, "--reason", "等材料原件")
    assert (held.status, entries(window)[first]) == (0, ("waiting", "等材料原件"))
    assert "暂不上传（等材料原件）" in window.told("outbox")[0]
    with LocalHub(tmp_path) as hub:
        assert window.run("sync", "--once", "--hub", hub.url).document["sent"] == 0
        assert window.run("outbox", "--release", first).status == 0
        assert window.run("sync", "--once", "--hub", hub.url).document["sent"] == 2
    assert window.run("outbox", "--release", first).error["code"] == "PLAT-203"
    assert window.run("outbox", "--hold", second, "--reason", "晚了").error["code"] == "PLAT-202"
    assert [act for act in acts(window) if "sending" in act] == ["hold_sending", "release_sending"]


def test_a_reason_is_owed_and_a_clerk_may_not(window: Window) -> None:
    first, _ = before = entries(window)
    assert window.run("outbox", "--hold", first).error["code"].startswith("CASE-")
    window.run("staff", "add", "0207", "张三", "--pin-file", window.folder / "pin.txt")
    for words in (("--hold", first, "--reason", "等材料原件"), ("--release", first)):
        assert window.run("outbox", *words, "--as", "0207").error["code"] == "STAFF-201"
    assert entries(window) == before


def test_one_act_at_a_time(window: Window) -> None:
    first, second = before = entries(window)
    both = window.run("outbox", "--hold", first, "--release", second, "--reason", "等材料原件")
    assert (both.status, both.error["code"], entries(window)) == (2, "USAGE-001", before)


@pytest.mark.parametrize("show", list(Show))
def test_the_list_is_of_what_is_asked_for(window: Window, show: Show) -> None:
    window.run("intake", window.example)
    ids = list(entries(window))
    with yichuang.FrontDoor().write(str(window.profile)) as house:
        rows, now = house.counter.memory.outbox(), house.counter.clock()
        rows.answered([EventAnswer(ids[0], Verdict.ACCEPTED, ack="R1")], now)
        rows.answered([EventAnswer(ids[1], Verdict.REFUSED, reason="事项版本已停用")], now)
    window.run("outbox", "--hold", ids[2], "--reason", "等材料原件")
    expected = {
        Show.ALL: ids,
        Show.UNSETTLED: ids[1:],
        Show.WAITING: ids[3:],
        Show.REFUSED: ids[1:2],
        Show.HELD: ids[2:3],
        Show.STORED: ids[:1],
    }
    assert list(entries(window, show)) == expected.get(show, [])


def test_the_list_is_written_to_a_file_and_that_is_audited(window: Window) -> None:
    done = window.run("outbox", "--export", "--show", Show.WAITING)
    file = Path(done.document["file"])
    assert (done.status, done.document["entries"], file.parent) == (0, 2, window.profile / "exports")
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows] == ["办件编号", window.number, window.number]
    assert acts(window)[-1] == "export_outbox"
    told = typed("outbox", "--export", "--show", Show.STORED, "--profile", window.profile)
    assert (told.status, told.out.split()[1]) == (0, "0")
