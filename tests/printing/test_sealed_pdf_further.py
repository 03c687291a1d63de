"""What may come behind a seal on a PDF, and what is a change: further seals, fields, forms, bytes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from client.ports.seals import CheckName, Place, Verdict
from client.proof.faults import ProofError
from printing.seals.pdf.judging import judge_pdf
from tests.seals.office import SIGNED_AT, office
from tests.seals.papers import notice, sealed, usual_signature

OFFICE = office()
SEALED = sealed(notice(), OFFICE)


def judged(pdf: bytes) -> Sequence[Verdict]:
    return judge_pdf(pdf, SIGNED_AT + timedelta(days=1), OFFICE.trust)


def failed(pdf: bytes) -> set[CheckName]:
    """The checks that fail of the only signature."""
    (verdict,) = judged(pdf)
    return {check.name for check in verdict.checks if not check.ok}


def test_a_second_seal_on_several_pages_leaves_the_first_one_right() -> None:
    second = office(root=OFFICE.root, es_id="11010100000002", name="示例市第二机关业务专用章")
    both = sealed(sealed(notice(20), OFFICE), second, place=Place(1, 60, 250))
    assert [verdict.ok for verdict in judged(both)] == [True, True]


def _more(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, told = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(told)
    return told.getvalue()


def _draw(writer: IncrementalPdfFileWriter, field: Any) -> None:
    """Another paper, as the look of the field."""
    form = {"/Type": "/XObject", "/Subtype": "/Form"}
    look = generic.StreamObject(
        {generic.pdf_name(key): generic.pdf_name(value) for key, value in form.items()}, stream_data=b"0 0 595 842 re f"
    )
    look[generic.pdf_name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    field[generic.pdf_name("/AP")] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(look)})
    writer.update_container(field)


def _field_over_the_page(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Another", on_page=0, box=(0, 0, 595, 842)))
    _draw(writer, writer.root["/AcroForm"]["/Fields"][-1].get_object())


def _field_with_no_signature(writer: IncrementalPdfFileWriter) -> None:
    _field_over_the_page(writer)
    field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
    field[generic.pdf_name("/V")] = generic.DictionaryObject({generic.pdf_name("/Type"): generic.pdf_name("/Sig")})


def _with_a_form(writer: IncrementalPdfFileWriter) -> None:
    """A line to be filled in, as papers of others have it."""
    names = {"/FT": "/Tx", "/Type": "/Annot", "/Subtype": "/Widget"}
    line = generic.DictionaryObject({generic.pdf_name(key): generic.pdf_name(each) for key, each in names.items()})
    line[generic.pdf_name("/T")], line[generic.pdf_name("/V")] = generic.pdf_string("amount"), generic.pdf_string("1")
    line[generic.pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (10, 10, 200, 50)))
    found = writer.add_object(line)
    fields = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject([found])})
    writer.root[generic.pdf_name("/AcroForm")] = fields
    page = writer.find_page_for_modification(0)[0].get_object()
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([found])
    writer.update_root()
    writer.update_container(page)


def _filled_in(writer: IncrementalPdfFileWriter) -> None:
    (line,) = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"] if each.get_object()["/T"] == "amount"]
    line[generic.pdf_name("/V")] = generic.pdf_string("1000000")
    _draw(writer, line)


@pytest.mark.parametrize("change", [_field_over_the_page, _field_with_no_signature])
def test_a_field_nobody_signed_may_not_be_drawn_over_a_sealed_page(
    change: Callable[[IncrementalPdfFileWriter], None],
) -> None:
    assert failed(_more(SEALED, change)) == {CheckName.DOCUMENT_DIGEST}


def test_a_paper_with_a_form_can_be_sealed_and_not_be_filled_in_afterwards() -> None:
    with_form = sealed(_more(notice(), _with_a_form), OFFICE)
    assert failed(with_form) == set()
    assert failed(_more(with_form, _filled_in)) == {CheckName.DOCUMENT_DIGEST}


@pytest.mark.parametrize("behind", [b"%1\n", b"\n%%EOF\n", bytes(9)])
def test_bytes_behind_a_seal_are_a_change_whatever_readers_make_of_them(behind: bytes) -> None:
    assert failed(SEALED + behind) == {CheckName.DOCUMENT_DIGEST}


def test_a_paper_with_a_usual_signature_can_be_sealed_too() -> None:
    usual, of = usual_signature()
    both = sealed(usual, OFFICE, place=Place(1, 60, 250))
    first, second = judge_pdf(both, SIGNED_AT + timedelta(days=1), OFFICE.trust.more(of.trust))
    assert (first.ok, first.seal, second.ok) == (True, None, True)


def test_an_enciphered_pdf_is_not_judged_though_it_opens_without_a_password() -> None:
    told = BytesIO()
    with pikepdf.open(BytesIO(SEALED)) as document:
        document.save(told, encryption=pikepdf.Encryption(owner="owner", user=""))
    with pytest.raises(ProofError, match="SEAL-130"):
        judged(told.getvalue())
