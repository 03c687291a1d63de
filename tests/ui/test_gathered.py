"""People as they are gathered: one becomes two, two become one, and what is kept comes back."""

import json
from dataclasses import replace

import pytest

from client.ports.id_card import DocumentKind, IdentityDocument
from client.rules.identifiers import IdentifierKind
from client.rules.identity import ApplicantKind, Capacity
from tests.data import resident_id
from ui.clerk.intake.gathered import NOBODY, Gathered, from_json

ZHANG = resident_id()


@pytest.mark.parametrize("kept", [{}, {"kind": "person"}, {**NOBODY.as_json(), "kind": "nobody"}, {"attendee": 3}])
def test_what_another_program_kept_is_nobody(kept: dict[str, object]) -> None:
    assert from_json(kept) == NOBODY


def test_what_is_kept_comes_back_whole() -> None:
    one = Gathered(kind=ApplicantKind.COMPANY, capacity=Capacity.AGENT, card_read=True, warnings=("小心",))
    assert from_json(json.loads(json.dumps(one.as_json()))) == one


def test_one_becomes_two_and_two_one() -> None:
    typed = NOBODY.with_word("applicant", "name", "张三").with_word("applicant", "identifier", ZHANG)
    assert typed.attendee.identifier == ZHANG
    agent = typed.with_capacity(Capacity.AGENT)
    assert (agent.applicant.name, agent.attendee.name) == ("张三", "")
    assert agent.with_capacity(Capacity.SELF).attendee.name == "张三"
    company = typed.with_kind(ApplicantKind.COMPANY)
    assert (company.applicant.name, company.attendee.name) == ("", "张三")
    assert company.applicant.identifier_kind is IdentifierKind.USCC
    assert company.with_kind(ApplicantKind.SOLE_TRADER).applicant == company.applicant
    assert company.with_kind(ApplicantKind.PERSON).capacity is Capacity.AGENT
    head = replace(company, capacity=Capacity.LEGAL_REPRESENTATIVE).with_kind(ApplicantKind.PERSON)
    assert (head.capacity, head.applicant.name) == (Capacity.SELF, "张三")
    assert agent.with_capacity(Capacity.GUARDIAN).applicant.name == "张三"


def test_the_head_of_a_company_is_known_by_name() -> None:
    document = IdentityDocument(DocumentKind.RESIDENT, name="张三", number=ZHANG)
    company = NOBODY.with_kind(ApplicantKind.COMPANY).with_word("applicant", "legal_representative", "张三")
    assert company.with_document(document).capacity is Capacity.LEGAL_REPRESENTATIVE
    came = replace(NOBODY.with_document(document), kind=ApplicantKind.PERSON)
    assert came.with_kind(ApplicantKind.COMPANY).capacity is Capacity.AGENT
