"""What a paper states of itself: its form byte for byte, and what is refused."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.ports.papers import PaperKind
from client.ports.statements import Statement
from client.proof.sm2 import sm3
from printing.faults import PaperError
from printing.papers.base45 import decoded, encoded
from printing.papers.statement import PREFIX, digest_of, read, signature_of, signed, signing, statement_of, told
from printing.papers.template import shipped
from tests.printing.facts import CHINA, RARE_NAME, paper
from tests.seals.office import SIGNED_AT, office

OFFICE = office()
PLAIN = statement_of(paper(), ["受理", "通知书"])


def with_signature(statement: Statement = PLAIN) -> Statement:
    named = signing(statement, OFFICE.clerk.certificate, SIGNED_AT)
    return signed(named, OFFICE.clerk.key.sign(b"anything"))


def test_it_says_what_the_paper_says() -> None:
    expected = Statement(
        kind=PaperKind.ACCEPTANCE_NOTICE,
        paper_number="示市监许受〔2026〕43号",
        case_number="110101-01-07-20261123-0043-6",
        query_code="7K4P-2M9X",
        issued_at=datetime(2026, 11, 23, 10, 46, tzinfo=CHINA),
        until=date(2026, 11, 30),
        organ="示例市市场监督管理局",
        applicant="示例餐饮有限公司",
        digest=sm3("受理通知书".encode()),
    )
    assert expected == PLAIN


def test_its_bytes_are_those_of_the_document() -> None:
    content = decoded(told(PLAIN).removeprefix(PREFIX))
    minutes = int(PLAIN.issued_at.timestamp()) // 60
    head = bytes((1, 2)) + minutes.to_bytes(4, "big") + bytes((32,)) + (20787).to_bytes(2, "big")
    assert content[:9] == head
    assert content[9:41] == PLAIN.digest
    number = "示市监许受〔2026〕43号".encode("gb18030")
    assert content[41 : 42 + len(number)] == bytes((len(number),)) + number


@pytest.mark.parametrize("statement", [PLAIN, with_signature()], ids=["unsigned", "signed"])
def test_it_is_read_as_it_was_told(statement: Statement) -> None:
    assert read(told(statement)) == statement


def test_a_signature_comes_back_as_the_key_made_it() -> None:
    der = OFFICE.clerk.key.sign(b"anything")
    assert signature_of(signed(PLAIN, der)) == der


def test_a_rare_letter_needs_no_font_to_be_stated() -> None:
    assert read(told(statement_of(paper(applicant_name=RARE_NAME), []))).applicant == RARE_NAME


def test_long_names_are_stated_as_far_as_forty_letters_and_fit_the_code() -> None:
    long = statement_of(paper(applicant_name="示" * 60, paper_number="市" * 60), [])
    assert (long.applicant, len(long.paper_number)) == ("示" * 40, 40)
    assert len(told(with_signature(long))) < 650


def test_a_copy_states_what_the_paper_states() -> None:
    mark = shipped().shared["reprint"].format(reprint_no=12)
    assert digest_of([mark, "受理 通知书"]) == PLAIN.digest
    assert digest_of(["受理通知", "告"]) != PLAIN.digest


@pytest.mark.parametrize("text", ["", "https://example.cn/a", "YC1:110101:7K4P-2M9X", "yc2:00"])
def test_a_code_of_others_is_told_from_one_of_ours(text: str) -> None:
    with pytest.raises(PaperError) as caught:
        read(text)
    assert caught.value.code == "PAPER-280"


@pytest.mark.parametrize("statement", [PLAIN, with_signature()], ids=["unsigned", "signed"])
def test_whatever_is_cut_off_is_refused(statement: Statement) -> None:
    whole = told(statement)
    for end in range(len(PREFIX), len(whole)):
        with pytest.raises(PaperError) as caught:
            read(whole[:end])
        assert caught.value.code == "PAPER-281"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes((2,)) + bytes(60),  # a version nobody knows
        bytes((1, 99)) + bytes(60),  # a kind nobody knows
        bytes((1, 1, 0, 0, 0, 0, 127)) + bytes(60),  # a zone a day away
        decoded(told(with_signature()).removeprefix(PREFIX)) + b"0",
        decoded(told(PLAIN).removeprefix(PREFIX))[:41] + b"\x01\xff\x00\x00\x00\x00",  # half a letter
    ],
    ids=["empty", "version", "kind", "zone", "more", "letter"],
)
def test_bytes_that_are_no_statement_are_refused(content: bytes) -> None:
    with pytest.raises(PaperError) as caught:
        read(PREFIX + encoded(content))
    assert caught.value.code == "PAPER-281"


def test_a_megabyte_is_not_looked_at() -> None:
    with pytest.raises(PaperError) as caught:
        read(PREFIX + "0" * 1_000_000)
    assert caught.value.code == "PAPER-281"


def test_a_signature_that_is_too_long_is_none() -> None:
    with pytest.raises(ValueError, match=r"\d+"):
        signed(PLAIN, b"\x30\x26\x02\x21\x01" + bytes(32) + b"\x02\x01\x01")


@given(st.binary(max_size=40))
def test_base45_comes_back(content: bytes) -> None:
    assert decoded(encoded(content)) == content


def test_base45_is_that_of_the_standard() -> None:
    """RFC 9285, clause 4.3 and 4.4."""
    assert [encoded(each) for each in (b"AB", b"Hello!!", b"base-45")] == ["BB8", "%69 VD92EX0", "UJCLQE7W581"]
    assert decoded("QED8WEX0") == b"ietf!"


@pytest.mark.parametrize("text", ["A", "AB8C", "GGW", ":::", "::", "b"])
def test_what_is_no_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decoded(text)


def test_a_paper_without_number_or_day_states_none() -> None:
    slip = statement_of(paper(PaperKind.RECEIVING_SLIP), [])
    assert (slip.paper_number, slip.until) == ("", None)
    assert read(told(slip)) == replace(slip)
