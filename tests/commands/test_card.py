"""`yichuang card`: a reader played in a process of its own, and one reading of it."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.commands.typed import PROGRAM, Done, typed

KEYS = [
    "kind", "name", "name_en", "sex", "nation", "birth", "address", "number", "issuer", "valid_from", "valid_to",
    "pass_number", "issue_count", "country", "warnings",
]  # fmt: skip


@contextmanager
def played(kind: str, *words: str) -> Iterator[str]:
    """A simulated reader; gives its port. It ends when its input does."""
    command = [*PROGRAM, "card", "simulate", "--kind", kind, *words, "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        yield json.loads(reader.stdout.readline())["port"]
        reader.stdin.close()
        assert reader.wait(20) == 0


def read(kind: str, *words: str) -> Done:
    with played(kind, *words) as port:
        return typed("card", "read", "--port", port, "--json")


@pytest.mark.parametrize("kind", ["resident", "hmt-permit", "foreigner-2017", "foreigner-2023"])
def test_a_card_of_each_kind_is_read(kind: str) -> None:
    done = read(kind)
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
    with played("resident-expired") as port:
        done = typed("card", "read", "--port", port)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "kind: resident"
    assert not any(line.startswith(("name_en", "warnings")) for line in lines)
    assert lines[-1].startswith("! ")


def test_a_reader_that_is_not_there_is_told() -> None:
    assert typed("card", "read", "--port", "/dev/no-reader", "--json").error["code"] == "DEV-101"


def test_a_reader_that_fails_once_is_asked_again_without_a_word() -> None:
    done = read("resident", "--fail", "read:checksum*1")
    assert (done.status, done.err) == (0, "")
    assert done.document["kind"] == "resident"
