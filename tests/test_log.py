"""The log speaks of the program, and of nobody."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from client import log
from client.errors import StoreError
from client.store import faults
from client.store.engine import open_database
from tests.data import hmt_number, resident_id, uscc

NAME = "张三"
PHONE = "13800138000"
IDENTIFIERS = [resident_id(), resident_id(7, date(1909, 12, 31)), hmt_number(), PHONE]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    log.start(tmp_path / "logs")
    yield tmp_path / "logs"
    log.stop()
    root.setLevel(level)
    structlog.reset_defaults()


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "yichuang.log").read_text(encoding="utf-8").splitlines()]


def _hide(event: dict[str, Any]) -> str:
    return repr(log.hide_identifiers(None, "", event))


def test_a_line_is_json_with_time_level_and_name(folder: Path) -> None:
    structlog.get_logger("client.desk").info("case accepted", case="办件 1", window="3")
    (line,) = _lines(folder)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "case accepted",
        "case": "办件 1",
        "window": "3",
        "level": "info",
        "logger": "client.desk",
    }


def test_lines_of_libraries_take_the_same_road(folder: Path) -> None:
    logging.getLogger("requests").info("fetched %s for %s", "page", IDENTIFIERS[0])
    (line,) = _lines(folder)
    assert (line["event"], line["logger"]) == ("fetched page for [hidden]", "requests")


def test_what_is_below_the_level_is_not_written(folder: Path) -> None:
    structlog.get_logger("client").debug("nothing")
    assert not (folder / "yichuang.log").exists()


@pytest.mark.expected_warnings("went wrong")
def test_a_traceback_keeps_types_and_frames_and_no_words_of_others(folder: Path) -> None:
    try:
        try:
            int(f"{NAME}，住示例路1号")
        except ValueError as error:
            raise KeyError(NAME) from error
    except KeyError:
        structlog.get_logger("client").exception("went wrong")
    (line,) = _lines(folder)
    first, _, second = line["exception"].partition("builtins.ValueError\n\n")
    assert "住示例路1号" in first  # the line of the source, not the exception's own words
    assert second.endswith("builtins.KeyError")
    assert NAME not in line["exception"]


@pytest.mark.expected_warnings("went wrong")
def test_a_traceback_keeps_the_words_of_our_own_errors(folder: Path) -> None:
    error = StoreError(faults.TOO_NEW, revision="0009")
    logging.getLogger("client").error("went wrong", exc_info=error)
    assert _lines(folder)[0]["exception"].startswith("client.errors.StoreError: STORE-116 数据由更新版本的一窗保存")


@pytest.mark.expected_warnings("went wrong")
def test_a_traceback_stops_where_a_cause_was_cut_off(folder: Path) -> None:
    try:
        try:
            int("x")
        except ValueError:
            raise KeyError from None
    except KeyError:
        structlog.get_logger("client").exception("went wrong")
    assert "ValueError" not in _lines(folder)[0]["exception"].replace("except ValueError", "")


@pytest.mark.expected_warnings("went wrong")
def test_a_row_the_store_refuses_leaves_no_name_in_the_log(folder: Path, tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.db", bytes(32))
    try:
        with database.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE people (name TEXT UNIQUE)")
        for table in ("people", "people", "nowhere"):
            try:
                with database.begin() as connection:
                    connection.execute(text(f"INSERT INTO {table} VALUES (:name)"), {"name": NAME})
            except (IntegrityError, OperationalError) as error:
                structlog.get_logger("client").exception("went wrong", error=error)
    finally:
        database.close()
    lines = _lines(folder)
    assert [line["exception"].rpartition(".")[2] for line in lines] == ["IntegrityError", "OperationalError"]
    assert NAME not in (folder / "yichuang.log").read_text(encoding="utf-8")


class Applicant:
    def __repr__(self) -> str:
        return f"Applicant({IDENTIFIERS[0]})"


@pytest.mark.parametrize("identifier", IDENTIFIERS)
@pytest.mark.parametrize(
    "shape",
    [
        "{}",
        "身份证{}。",
        '{{"identifier":"{}"}}',
        "id={}&x=1",
        " {} ",
    ],
)
def test_an_identifier_is_hidden_in_any_text(identifier: str, shape: str) -> None:
    assert identifier not in _hide({"event": shape.format(identifier)})


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_an_identifier_is_hidden_in_any_value_and_key(identifier: str) -> None:
    events: list[dict[str, Any]] = [
        {"a": identifier},
        {identifier: "a"},
        {"a": {"b": [identifier, (identifier,), {identifier}]}},
        {"a": {identifier: {"b": frozenset({identifier})}}},
        {"a": Path("/scan") / identifier},
        {"a": identifier.encode()},
        {"a": int(identifier.rstrip("X"))} if identifier.isdigit() else {"a": Applicant()},
        {"a": Applicant()},
    ]
    for event in events:
        assert identifier not in _hide(event)


@pytest.mark.parametrize(
    "spelling", ["110101 1901 0101 0017", "110101-19010101-0017", "1101011901010100１７", "ID110101190101010017"]
)
def test_an_identifier_is_hidden_in_other_spellings(spelling: str) -> None:
    assert spelling not in _hide({"event": spelling})


@pytest.mark.parametrize("spelling", ["138 0013 8000", "138-0013-8000", "+86 13800138000", "8613800138000"])
def test_a_phone_is_hidden_in_other_spellings(spelling: str) -> None:
    assert spelling not in _hide({"event": spelling})


def test_what_a_fault_is_found_by_stays_readable() -> None:
    event = {
        "event": "event stored",
        "organisation": uscc(),
        "digest": "0123456789abcdef" * 4,
        "event_id": "01932c07-2097-7000-8000-000000000000",
        "at": "2026-11-24T02:01:18.123456+00:00",
        "day": 20261124,
        "bytes": 52428800,
        "seconds": 0.25,
        "ok": True,
        "nothing": None,
        "case": ["11010101072026112300436", "110101-01-07-20261123-0043-6", "130102-13-15-20261123-0139-9", 3],
    }
    assert log.hide_identifiers(None, "", dict(event)) == event


@given(st.text(max_size=20), st.sampled_from(IDENTIFIERS), st.text(max_size=20))
def test_an_identifier_that_stands_alone_never_slips_through(before: str, identifier: str, after: str) -> None:
    assert identifier not in _hide({"event": f"{before} {identifier} {after}"})


def test_old_lines_make_room_for_new_ones(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (handler,) = [each for each in logging.getLogger().handlers if getattr(each, "maxBytes", 0)]
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for serial in range(200):
        structlog.get_logger("client").info("line", serial=serial)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["yichuang.log", *(f"yichuang.log.{number}" for number in range(1, 6))]
    assert _lines(folder)[-1]["serial"] == 199


def test_starting_again_writes_each_line_once(folder: Path) -> None:
    log.start(folder)
    structlog.get_logger("client").info("once")
    assert len(_lines(folder)) == 1
