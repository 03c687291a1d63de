"""A passport by command: its zone on standard input, as typed or as a reader that types sends it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from client.errors import CaseError
from client.ports.id_card import DocumentKind
from client.ports.zone import document_of
from client.rules.identifiers import IdentifierKind
from client.rules.mrz import WRONG_DIGIT
from devices.commands import app
from tests.rules.test_mrz import PASSPORT, TODAY


@dataclass(frozen=True)
class Door:
    def clock(self) -> datetime:
        return datetime(2026, 3, 2, 9, tzinfo=UTC)


def read(*words: str, zone: str = PASSPORT) -> Result:
    return CliRunner().invoke(app, ["card", "read", *words], input=zone, obj=Door(), catch_exceptions=True)


def test_a_zone_is_a_document() -> None:
    told = json.loads(read("--mrz", "--json").stdout)
    assert {key: value for key, value in told.items() if value} == {
        "kind": "travel-document",
        "name_en": "ERIKSSON, ANNA MARIA",
        "sex": "女",
        "birth": "1974-08-12",
        "number": "L898902C3",
        "valid_to": "2012-04-15",
        "country": "UTO",
    }


def test_its_number_is_that_of_a_passport_and_its_last_day_counts() -> None:
    document = document_of(PASSPORT, TODAY)
    assert (document.kind, document.identifier_kind) == (DocumentKind.TRAVEL_DOCUMENT, IdentifierKind.PASSPORT)
    assert document.is_expired(TODAY)
    assert document_of(PASSPORT.replace("<<ANNA<MARIA", "<" * 12), TODAY).name_en == "ERIKSSON"


def test_a_wrong_digit_is_said() -> None:
    failed = read("--mrz", zone=PASSPORT.replace("L898902C3", "L898903C3"))
    assert isinstance(failed.exception, CaseError)
    assert failed.exception.fault is WRONG_DIGIT


@pytest.mark.parametrize("words", [(), ("--mrz", "--port", "COM3")])
def test_one_source_is_asked_for(words: tuple[str, ...]) -> None:
    assert read(*words).exit_code == 2
