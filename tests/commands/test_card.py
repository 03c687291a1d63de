"""`yichuang card`: one reading of a reader, and a reader played in a process of its own."""

import json
import subprocess
from pathlib import Path

import pytest

from devices.idcard.cards import SAMPLES
from devices.idcard.simulator import Simulator
from tests.bounded import bounded
from tests.commands.typed import PROGRAM, typed
from tests.devices.standing_in import Counter, built

KEYS = [
    "kind", "name", "name_en", "sex", "nation", "birth", "address", "number", "issuer", "valid_from", "valid_to",
    "pass_number", "issue_count", "country", "version", "authority_code", "former_number_mark", "warnings",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["resident", "hmt-permit", "foreigner-2017", "foreigner-2023"])
def test_a_card_of_each_kind_is_read(kind: str) -> None:
    with Simulator(SAMPLES[kind]) as reader:
        done = typed("card", "read", "--port", reader.port, "--json")
    assert (done.status, done.err) == (0, "")
    card = done.document
    assert list(card) == KEYS
    assert card["kind"] == kind
    assert card["birth"].startswith("190")
    assert card["number"]
    assert card["warnings"] == []
    absent = {key for key, value in card.items() if value is None}
    assert {"name", "sex", "birth", "number", "valid_to"}.isdisjoint(absent)
    assert ("pass_number" in absent) == (kind != "hmt-permit")


def test_a_person_reads_lines_and_warnings() -> None:
    with Simulator(SAMPLES["resident-expired"]) as reader:
        done = typed("card", "read", "--port", reader.port)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "kind: resident"
    assert not any(line.startswith(("name_en", "warnings")) for line in lines)
    assert lines[-1].startswith("! ")


def test_a_reader_that_is_not_there_is_told() -> None:
    assert typed("card", "read", "--port", "/dev/no-reader", "--json").error["code"] == "DEV-101"


def test_a_reader_is_played_until_its_input_ends_and_fails_when_ordered() -> None:
    command = [*PROGRAM, "card", "simulate", "--kind", "resident", "--fail", "read:checksum*1", "--json"]
    with bounded(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        port = json.loads(reader.stdout.readline())["port"]
        done = typed("card", "read", "--port", port, "--json")  # asks again, and says nothing of it
        reader.stdin.close()
        assert reader.wait(20) == 0
    assert (done.status, done.err) == (0, "")
    assert done.document["kind"] == "resident"


def test_each_status_is_told_when_asked_for() -> None:
    with Simulator(SAMPLES["resident"]) as reader:
        done = typed("card", "read", "--port", reader.port, "--verbose", "--json")
        told = typed("card", "read", "--port", reader.port, "--verbose")  # the card was not lifted meanwhile
    document = done.document
    assert list(document) == [*KEYS, "reader"]
    assert document["reader"]["sam_id"] == "05.03-20090101-0000123456-0123456789"
    steps = [(each["command"], each["status"]) for each in document["reader"]["exchanges"]]
    assert steps == [
        ("11 FF", "90"), ("12 FF", "90"), ("20 01", "9F"), ("20 02", "90"), ("30 01", "90"), ("30 03", "91"),
    ]  # fmt: skip
    assert told.status == 1
    lines = told.out.splitlines()
    assert lines[:3] == ["sam_id: 05.03-20090101-0000123456-0123456789", "rate: 115200", "dialect: sam"]
    assert lines[-1].startswith("20 01 80 ")


def test_a_reader_is_played_at_another_speed_and_with_other_frames() -> None:
    command = [*PROGRAM, "card", "simulate", "--kind", "resident", "--rate", "57600", "--dialect", "eaebeced"]
    with bounded(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        done = typed("card", "read", "--port", reader.stdout.readline().strip(), "--verbose", "--json")
        reader.stdin.close()
        assert reader.wait(20) == 0
    assert (done.document["reader"]["rate"], done.document["reader"]["dialect"]) == (57600, "eaebeced")


def test_a_card_is_read_by_the_library_of_a_maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANDIN", str(tmp_path))
    Counter(tmp_path).place(SAMPLES["resident"])
    library = built("sdtapi.c", tmp_path / "sdtapi.so")
    done = typed("card", "read", "--library", str(library), "--verbose", "--json")
    assert (done.status, done.err, done.document["number"]) == (0, "", SAMPLES["resident"].fields["number"])
    assert done.document["reader"]["exchanges"][-1]["dialect"] == "sdtapi"
    other = typed("card", "read", "--library", str(library), "--kind", "termb", "--json")
    assert (other.status, other.error["code"]) == (1, "DEV-135")
