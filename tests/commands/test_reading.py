"""Commands that only read: what they say, to programs and to people, also beside a window that writes."""

import time
from datetime import datetime
from pathlib import Path

import pytest

import yichuang
from client.demo import SAMPLE_SETTINGS
from client.errors import StoreError
from client.places import DEFAULT_PROFILE
from client.ports.printer import Printout, PrintState
from devices.pages import reading_process
from printing.simulated import PACE
from tests.commands.conftest import Window
from tests.commands.typed import PIN, typed


def test_cases_lists_every_case(window: Window) -> None:
    (line,) = window.run("cases").document
    assert list(line) == ["number", "state", "item", "opened_at", "received_at", "promised_date", "late_entry"]
    assert (line["number"], line["state"], line["late_entry"]) == (window.number, "accepted", False)
    assert datetime.fromisoformat(line["received_at"]).utcoffset() is not None
    assert window.told("cases") == [f"{window.number:<27} 受理  食品经营许可（新办）"]


def test_cases_can_be_asked_for_one_state(window: Window) -> None:
    assert [line["number"] for line in window.run("cases", "--state", "accepted").document] == [window.number]
    assert window.run("cases", "--state", "draft").document == []


def test_a_draft_is_listed_without_a_number(window: Window) -> None:
    draft = window.example.with_name("draft.json")
    draft.write_text(window.example.read_text(encoding="utf-8").replace("{", '{"act": "draft",', 1), encoding="utf-8")
    assert window.run("intake", draft).document["case"] == {
        "number": None,
        "state": "draft",
        "item": "食品经营许可（新办）",
    }
    assert [line["number"] for line in window.run("cases").document] == [window.number, None]
    assert window.told("cases")[1].startswith("（草稿）")


def test_case_shows_one_case_masked(window: Window) -> None:
    case = window.run("case", window.number).document
    assert list(case) == [
        "number", "state", "item", "task_code", "version", "received_at", "accepted_on", "promised_date", "late_entry",
        "second_number", "pad_number", "applicant", "attendee", "materials", "papers",
    ]  # fmt: skip
    assert case["state"] == "accepted"
    assert case["attendee"] == {
        "name": "李*",
        "identifier": "110101********0027",
        "phone": "138****0001",
        "capacity": "agent",
    }
    assert {material["state"] for material in case["materials"]} == {"complete"}
    assert all(list(material) == ["slot", "name", "state", "pages"] for material in case["materials"])
    assert case["papers"] == [
        {
            "kind": "acceptance_notice",
            "number": window.paper_number,
            "central_number": None,
            "state": "awaiting_seal",
            "reprints": 0,
        }
    ]


def test_a_case_is_found_with_and_without_hyphens(window: Window) -> None:
    bare = window.number.replace("-", "")
    assert window.run("case", bare).document == window.run("case", window.number).document


def test_case_tells_a_person_state_item_date_and_papers(window: Window) -> None:
    first, item, promised, paper = window.told("case", window.number)
    assert first == f"{window.number}  受理"
    assert item == "食品经营许可（新办）（11110101000000001D400013112400Y，第1版）"
    assert promised.startswith("承诺办结日期：")
    assert paper == f"  {window.paper_number}  待用印"


def test_an_unknown_case_is_an_error(window: Window) -> None:
    other = "110101-01-07-20261123-0043-6"
    assert window.run("case", other).error["code"] == "CASE-201"
    assert window.run("case", "43").error["code"] == "RULE-201"


def test_outbox_lists_every_event_in_order(window: Window) -> None:
    events = window.run("outbox").document
    assert [list(event) for event in events] == [["id", "case", "type", "state", "attempts", "last_error"]] * 2
    assert [event["type"] for event in events] == ["case.accepted", "paper.issued"]
    assert {(event["case"], event["state"], event["attempts"]) for event in events} == {(window.number, "waiting", 0)}
    assert window.told("outbox")[0].split() == [window.number, "case.accepted", "待上传"]


def test_reading_goes_on_beside_a_writer_while_writing_is_refused(window: Window) -> None:
    with yichuang.FrontDoor().write(str(window.profile)):
        for words in (("cases",), ("case", window.number), ("outbox",), ("staff", "list"), ("doctor",)):
            assert window.run(*words).status == 0
        refused = window.run("intake", window.example)
    assert refused.status == 1
    assert refused.error["code"] == "store-busy"
    assert "yichuang" in refused.error["title"]
    assert window.run("intake", window.example).status == 0


@pytest.mark.parametrize("words", [("cases",), ("doctor",)])
def test_a_profile_that_is_not_there_is_told_and_not_made(window: Window, words: tuple[str, ...]) -> None:
    nowhere = window.folder / "nowhere"
    assert typed(*words, "--profile", nowhere, "--json").status == 1
    assert not nowhere.exists()


def test_the_demo_profile_brings_its_own_secrets(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_KEY_FILE")
    monkeypatch.delenv("YICHUANG_PIN_FILE")
    assert typed("intake", window.example, "--profile", "demo", "--json").status == 0
    (case,) = typed("cases", "--profile", "demo", "--json").document
    assert case["state"] == "accepted"
    assert (window.folder / "data" / "yichuang" / "demo" / "store.db").exists()


def test_commands_know_the_demo_hall_that_its_window_opened(window: Window) -> None:
    settings = yichuang.FrontDoor().window("demo").settings()
    assert (settings.scanner, settings.sample) == ("simulated", True)
    assert yichuang.FrontDoor().settings("demo") == settings


@pytest.mark.parametrize("sample", [True, False])
def test_the_simulated_printer_leaves_papers_in_the_open_of_a_sample_hall_alone(
    window: Window, *, sample: bool
) -> None:
    door = yichuang.FrontDoor().window(str(window.profile))
    door.write_settings(SAMPLE_SETTINGS.model_copy(update={"printer": "simulated", "sample": sample}))
    _house, hands = door.open()
    try:
        assert hands.printer is not None
        job = hands.printer.submit(Printout("受理通知书", b"%PDF-")).job
        time.sleep(2 * PACE)
        assert hands.printer.report(job).state == PrintState.DONE
    finally:
        door.close()
    assert (window.profile / "printed").exists() is sample


@pytest.mark.parametrize(
    ("wanted", "installed", "there"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_pages_are_read_where_it_is_wanted_and_the_component_is_installed(
    window: Window, monkeypatch: pytest.MonkeyPatch, *, wanted: bool, installed: bool, there: bool
) -> None:
    monkeypatch.setattr(reading_process, "is_available", lambda: installed)
    door = yichuang.FrontDoor().window(str(window.profile))
    door.write_settings(SAMPLE_SETTINGS.model_copy(update={"read_pages": wanted}))
    _house, hands = door.open()
    try:
        assert (hands.read is not None) is there
    finally:
        door.close()


def test_a_second_first_run_does_not_write_over_the_settings_of_a_window_at_work(window: Window) -> None:
    first, second = (yichuang.FrontDoor().window(str(window.profile)) for _ in range(2))
    first.open()
    try:
        with pytest.raises(StoreError) as raised:
            second.write_settings(first.settings().model_copy(update={"window_no": "99"}))
        assert raised.value.code == "store-busy"
        first.write_settings(first.settings().model_copy(update={"hall_name": "改过的大厅"}))
    finally:
        first.close()
    assert (second.settings().window_no, second.settings().hall_name) == ("07", "改过的大厅")
    second.write_settings(second.settings().model_copy(update={"window_no": "08"}))
    assert second.settings().window_no == "08"


def test_without_a_profile_the_persons_own_data_folder_is_meant(window: Window) -> None:
    assert typed("intake", window.example, "--json").status == 0
    assert (window.folder / "data" / "yichuang" / DEFAULT_PROFILE / "store.db").exists()


def test_no_secret_of_the_person_reaches_the_output(window: Window, tmp_path: Path) -> None:
    told = "".join(
        window.run(*words).out + window.run(*words).err
        for words in (("cases",), ("case", window.number), ("outbox",), ("staff", "list"), ("doctor",))
    )
    assert "110101190203040027" not in told
    assert PIN not in told
