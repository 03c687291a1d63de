"""Every forged seal and signature is found by the check that is there for it, and by no other."""

import pytest

from tests.seals.forged import FORGERIES, found
from tests.seals.forging import Forgery, of_seal, of_signature, right_office
from tests.seals.table import DOCUMENT, table


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: f"{forgery.words} ({forgery.version})")
def test_it_is_found_for_the_right_reason(forgery: Forgery) -> None:
    assert found(forgery)[0] == forgery.fails


@pytest.mark.parametrize("version", [1, 4, 5])
def test_what_they_are_made_from_is_right(version: int) -> None:
    place = right_office(version)
    assert of_seal(place, place.seal()).found() == (frozenset(), "")
    assert of_signature(place, place.signature()).found() == (frozenset(), "")


def test_the_table_of_the_document_is_that_of_this_run() -> None:
    told = DOCUMENT.read_text(encoding="utf-8")
    assert [line for line in table() if line not in told] == [], "python -m tests.seals.table"
