"""Papers sealed and judged: each key, each change, and what others' programs make of them."""

import logging
import random
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from client.ports.seals import CheckName, Place, SealForm, SealPicture, Verdict
from client.proof import sm2
from client.proof.certificates import KeyAlgorithm
from client.proof.faults import ProofError
from printing.seals.pdf.judging import judge_pdf
from printing.seals.pdf.place import place_on
from printing.seals.pdf.sealing import prepare
from printing.seals.structures import SesSignature
from tests.seals.authority import Authority, SoftKey
from tests.seals.office import NAME, SIGNED_AT, UNIT, Office, Person, office
from tests.seals.papers import notice, seal_of, sealed, usual_signature

OFFICE = office()
SEALED = sealed(notice(), OFFICE)


def _flat(width: int, height: int) -> bytes:
    """A picture that is small as a file and large when it is opened."""
    into = BytesIO()
    Image.new("1", (width, height)).save(into, "PNG")
    return into.getvalue()


def judged(pdf: bytes) -> Sequence[Verdict]:
    return judge_pdf(pdf, SIGNED_AT + timedelta(days=1), OFFICE.trust)


def failed(pdf: bytes) -> set[CheckName]:
    """The checks that fail of the only signature."""
    (verdict,) = judged(pdf)
    return {check.name for check in verdict.checks if not check.ok}


def hole(pdf: bytes) -> tuple[int, int]:
    """Where the signature stands."""
    numbers = re.findall(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", pdf)
    return int(numbers[-1][0]), int(numbers[-1][1])


def test_a_sealed_paper_holds_in_every_check() -> None:
    (verdict,) = judged(SEALED)
    assert {check.name: check.ok for check in verdict.checks} == dict.fromkeys(CheckName, True)
    assert (verdict.form, verdict.version, verdict.signed_at) == (SealForm.PDF, 4, SIGNED_AT)
    assert verdict.seal is not None
    assert verdict.seal.name == OFFICE.words.name
    assert verdict.signer == OFFICE.clerk.certificate


def test_what_was_there_stays_byte_for_byte() -> None:
    assert SEALED.startswith(notice())


@pytest.mark.parametrize("version", [1, 4, 5])
def test_seals_of_each_standard_hold(version: int) -> None:
    of = office(version, OFFICE.root)
    (verdict,) = judged(sealed(notice(), of))
    assert (verdict.version, verdict.ok) == (version, True)


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.RSA, KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384])
def test_a_key_that_is_not_sm2_signs_as_pdf_is_usually_signed(algorithm: KeyAlgorithm, tmp_path: Path) -> None:
    root = Authority.root(algorithm=algorithm)
    clerk = Person.certified(root, NAME, SoftKey.make(algorithm), unit_code=UNIT)
    of = office(holders=(clerk.certificate.der,))
    pdf = sealed(notice(), of, by=clerk)
    (verdict,) = judge_pdf(pdf, SIGNED_AT, Office(root, of.maker, clerk, of.words).trust)
    assert verdict.ok, verdict.checks
    assert verdict.signer == clerk.certificate
    assert _wrong_after_a_change(pdf) == {CheckName.DOCUMENT_DIGEST}
    assert b"/ETSI.CAdES.detached" in pdf
    if algorithm is KeyAlgorithm.RSA:
        assert _pdfsig_says_valid(tmp_path, pdf)


def test_a_usual_signature_by_another_key_or_of_another_time_is_told() -> None:
    pdf, of = usual_signature(ends=SIGNED_AT + timedelta(days=1))
    wrong = {check.name for check in judge_pdf(pdf, SIGNED_AT - timedelta(days=1), of.trust)[0].checks if not check.ok}
    assert wrong == {CheckName.SIGNER_PERIOD}, "signed after it was judged"
    assert judge_pdf(pdf, SIGNED_AT + timedelta(days=300), of.trust)[0].ok, "valid when it was signed"
    (start, end) = hole(pdf)
    value = bytearray(_der(bytes.fromhex(pdf[start + 1 : end - 1].decode())))
    value[-1] ^= 1  # the last byte of a CMS without unsigned attributes is the signature's
    changed = pdf[: start + 1] + value.hex().upper().encode().ljust(end - start - 2, b"0") + pdf[end - 1 :]
    wrong = {check.name for check in judge_pdf(changed, SIGNED_AT, of.trust)[0].checks if not check.ok}
    assert wrong == {CheckName.DOCUMENT_SIGNATURE}


def test_openssl_verifies_the_signature_in_a_sealed_paper(tmp_path: Path) -> None:
    start, end = hole(SEALED)
    read = SesSignature.parse(_der(bytes.fromhex(SEALED[start + 1 : end - 1].decode())))
    for name, content in {"signed": read.signed, "value": read.signature, "cert.der": read.certificate}.items():
        (tmp_path / name).write_bytes(content)
    run = ["openssl", "x509", "-inform", "DER", "-in", "cert.der", "-pubkey", "-noout", "-out", "public.pem"]
    subprocess.run(run, cwd=tmp_path, check=True)
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-in", "signed", "-sigfile", "value"]
    words += ["-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{sm2.USER_ID.decode()}"]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "document").write_bytes(SEALED[:start] + SEALED[end:])
    told = subprocess.run(["openssl", "dgst", "-sm3", "-r", "document"], cwd=tmp_path, capture_output=True, check=True)
    assert bytes.fromhex(told.stdout.split()[0].decode()) == read.digest


def test_every_single_bit_that_is_turned_is_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="pikepdf._core")  # a broken tree of pages is told of, or is not
    draw, (start, end) = random.Random(6), hole(SEALED)
    places = [draw.randrange(len(SEALED)) for _ in range(150)]
    places += [draw.randrange(start, end) for _ in range(50)] + [start, end - 1, end - 2, end, len(SEALED) - 1, 0]
    unseen = [place for place in places if not _is_seen(SEALED, place, draw.randrange(8))]
    assert unseen == []


def _is_seen(pdf: bytes, place: int, bit: int) -> bool:
    changed = bytearray(pdf)
    changed[place] ^= 1 << bit
    try:
        verdicts = judged(bytes(changed))
    except ProofError:
        return True
    return not verdicts or not all(verdict.ok for verdict in verdicts)


def _in_place(find: bytes, put: bytes) -> Callable[[bytes], bytes]:
    return lambda pdf: pdf.replace(find, put.ljust(len(find)), 1)


def _added(pdf: bytes) -> bytes:
    """Another page over the first, as an editor would add it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        document.pages[0].contents_add(b"0 0 0 rg 100 100 200 200 re f")
        told = BytesIO()
        document.save(told, static_id=True, qdf=False)
    return told.getvalue()


def _appended(pdf: bytes) -> bytes:
    """An increment that puts another content into the first page, behind the signature."""
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0].obj.objgen[0]
    body = f"\n{page} 0 obj\n<</Type /Page /MediaBox [0 0 595 842]>>\nendobj\n".encode()
    table = f"xref\n{page} 1\n{len(pdf) + 1:010} 00000 n \n".encode()
    size, root = re.findall(rb"/Size (\d+)", pdf)[-1], re.findall(rb"/Root (\d+ \d+ R)", pdf)[-1]
    before = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    trailer = b"trailer\n<</Size %s /Root %s /Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + body + table + trailer % (size, root, before, len(pdf) + len(body))


def test_a_change_in_what_was_sealed_is_the_documents() -> None:
    assert _wrong_after_a_change(SEALED) == {CheckName.DOCUMENT_DIGEST}


def _wrong_after_a_change(pdf: bytes) -> set[CheckName]:
    place = pdf.index(b"stream") + 40
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    (verdict,) = judge_pdf(changed, SIGNED_AT + timedelta(days=1), OFFICE.trust)
    return {check.name for check in verdict.checks if not check.ok} - {CheckName.CHAIN}


def test_what_is_added_behind_the_seal_is_a_change_too() -> None:
    appended = _appended(SEALED)
    (verdict,) = judged(appended)
    (wrong,) = [check for check in verdict.checks if not check.ok]
    assert (wrong.name, wrong.detail) == (CheckName.DOCUMENT_DIGEST, "签章之后文件又被追加了内容")


def test_a_paper_that_was_written_anew_holds_no_more() -> None:
    assert failed(_added(SEALED)) == {CheckName.DOCUMENT_DIGEST}


def test_a_paper_whose_seal_was_taken_out_is_not_sealed() -> None:
    with pikepdf.open(BytesIO(SEALED)) as document:
        del document.Root.AcroForm
        del document.pages[0].Annots
        told = BytesIO()
        document.save(told)
    assert judged(told.getvalue()) == []
    assert judged(notice()) == []


def test_a_range_that_leaves_something_out_is_none() -> None:
    start, end = hole(SEALED)
    told = f"/ByteRange [0 {start} {end} {len(SEALED) - end}]".encode()
    shorter = f"/ByteRange [0 {start} {end} {len(SEALED) - end - 9}]".encode()
    assert failed(SEALED.replace(told, shorter.ljust(len(told)))) == {CheckName.DOCUMENT_DIGEST}
    wider = f"/ByteRange [0 {start - 9} {end} {len(SEALED) - end}]".encode()
    assert failed(SEALED.replace(told, wider.ljust(len(told)))) == {CheckName.DOCUMENT_DIGEST}


def test_a_range_that_begins_behind_the_files_head_is_none() -> None:
    start, end = hole(SEALED)
    told = f"/ByteRange [0 {start} {end} {len(SEALED) - end}]".encode()
    later = f"/ByteRange [9 {start} {end} {len(SEALED) - end}]".encode()
    assert failed(SEALED.replace(told, later.ljust(len(told)))) == {CheckName.DOCUMENT_DIGEST}
    (verdict,) = judged(SEALED.replace(told, later.ljust(len(told))))
    assert verdict.checks[-1].detail == "签章覆盖的范围与文件不符，文件被改动过"


def test_a_signature_taken_from_another_paper_does_not_fit() -> None:
    other = sealed(notice(5), OFFICE)
    (start, end), (theirs, _) = hole(SEALED), hole(other)
    moved = SEALED[: start + 1] + other[theirs + 1 : theirs + end - start - 1] + SEALED[end - 1 :]
    assert failed(moved) == {CheckName.DOCUMENT_DIGEST}


def test_two_organs_may_seal_one_paper_and_the_first_goes_on_holding() -> None:
    second = office(root=OFFICE.root, es_id="11010100000002", name="示例市第二机关业务专用章")
    both = sealed(SEALED, second, place=Place(1, 60, 250))
    assert [verdict.ok for verdict in judged(both)] == [True, True]
    assert [verdict.seal and verdict.seal.es_id for verdict in judged(both)] == [OFFICE.words.es_id, "11010100000002"]


def test_the_same_seal_is_not_put_twice() -> None:
    with pytest.raises(ProofError, match="SEAL-136"):
        sealed(SEALED, OFFICE)


def test_a_seal_sits_on_the_organs_name_and_the_date() -> None:
    for pages, materials in ((1, 3), (2, 20)):
        place = place_on(notice(materials))
        assert place.page == pages
        assert 140 < place.x_mm < 160


def test_a_paper_of_several_pages_has_the_seal_across_its_edges() -> None:
    pdf = sealed(notice(20), OFFICE)
    with pikepdf.open(BytesIO(pdf)) as document:
        stamps = [[str(each.Subtype) for each in page.get("/Annots", ())] for page in document.pages]
        rights = [[float(each.Rect[2]) for each in page.Annots if each.Subtype == "/Stamp"] for page in document.pages]
    assert stamps == [["/Stamp"], ["/Stamp", "/Widget"]]
    assert rights == [[pytest.approx(595.28, abs=0.5)]] * 2
    assert judged(pdf)[0].ok
    assert judged(SEALED)[0].ok


def test_the_seal_is_seen_and_the_text_beneath_it_is_read(tmp_path: Path) -> None:
    pdf = sealed(notice(), office(root=OFFICE.root, picture=SealPicture("PNG", 40, 40, _ring())))
    (tmp_path / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "72", "-png", "paper.pdf", "page"], cwd=tmp_path, check=True)
    page = np.asarray(Image.open(tmp_path / "page-1.png").convert("RGB"))
    place = place_on(notice())
    middle = round(place.x_mm * 72 / 25.4), round(place.y_mm * 72 / 25.4)
    row = page[middle[1], middle[0] - 58 : middle[0] + 58].astype(int)
    assert ((row[:, 0] > 180) & (row[:, 1] < 90)).any(), "the ring"
    text = subprocess.run(["pdftotext", "paper.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert "示例市市场监督管理局" in text.decode()


def _ring() -> bytes:
    from PIL import ImageDraw  # noqa: PLC0415 - for this picture alone

    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 296, 296), outline=(220, 0, 0, 255), width=16)
    into = BytesIO()
    image.save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"holders": (OFFICE.maker.certificate.der,)}, "SEAL-133"),
        ({"valid_to": SIGNED_AT - timedelta(days=1)}, "SEAL-134"),
        ({"valid_from": SIGNED_AT + timedelta(days=1)}, "SEAL-134"),
        ({"picture": SealPicture("OFD", 40, 40, b"PK\x03\x04")}, "SEAL-132"),
        ({"picture": SealPicture("PNG", 40, 40, b"\x89PNG\r\n\x1a\n")}, "SEAL-132"),
        ({"picture": SealPicture("PNG", 40, 40, b"")}, "SEAL-132"),
        ({"picture": SealPicture("PNG", 40, 40, _flat(4001, 4000))}, "SEAL-132"),
    ],
)
def test_what_may_not_be_sealed_is_told_before_the_key_is_asked(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(ProofError, match=code):
        sealed(notice(), office(root=OFFICE.root, **changed))


def test_a_certificate_out_of_its_time_seals_nothing() -> None:
    late = Person.certified(OFFICE.root, NAME, ends=SIGNED_AT - timedelta(days=1))
    with pytest.raises(ProofError, match="SEAL-135"):
        sealed(notice(), office(root=OFFICE.root, holders=(late.certificate.der,)), by=late)


def test_a_signature_that_does_not_fit_is_not_given_out() -> None:
    room = prepare(notice(), seal_of(OFFICE), OFFICE.clerk.certificate, SIGNED_AT, None)
    with pytest.raises(ProofError, match="SEAL-137"):
        room.complete(OFFICE.maker.key.sign(room.to_sign))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>", b"text"]
)
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-130"):
        judge_pdf(content, SIGNED_AT, OFFICE.trust)
    with pytest.raises(ProofError, match="SEAL-13"):
        sealed(content, OFFICE, place=Place(1, 100, 100))


def test_an_enciphered_pdf_is_told() -> None:
    into = BytesIO()
    with pikepdf.open(BytesIO(notice())) as document:
        document.save(into, encryption=pikepdf.Encryption(owner="owner", user="user"))
    with pytest.raises(ProofError, match="SEAL-130"):
        judged(into.getvalue())
    with pytest.raises(ProofError, match="SEAL-13"):
        sealed(into.getvalue(), OFFICE)


def test_a_date_at_the_left_is_no_place_for_a_seal() -> None:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - for this paper alone

    into = BytesIO()
    canvas = Canvas(into, pagesize=(595, 842))
    canvas.drawString(72, 100, "x")
    canvas.save()
    with pikepdf.open(BytesIO(notice())) as ours, pikepdf.open(BytesIO(into.getvalue())) as page:
        half = pikepdf.Rectangle(-300, 0, 295, 842)
        page.pages[0].add_overlay(ours.pages[0], half)
        moved = BytesIO()
        page.save(moved)
    with pytest.raises(ProofError, match="SEAL-131"):
        place_on(moved.getvalue())


def test_a_pdf_without_a_place_wants_one() -> None:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        into = BytesIO()
        document.save(into)
    with pytest.raises(ProofError, match="SEAL-131"):
        sealed(into.getvalue(), OFFICE)
    with pytest.raises(ProofError, match="SEAL-131"):
        sealed(into.getvalue(), OFFICE, place=Place(2, 100, 100))
    assert judged(sealed(into.getvalue(), OFFICE, place=Place(1, 100, 100)))[0].ok


def test_a_picture_on_white_paper_lets_the_text_through() -> None:
    into = BytesIO()
    Image.open(BytesIO(_ring())).convert("RGBA").resize((60, 60))
    white = Image.new("RGB", (60, 60), "white")
    white.save(into, "BMP")
    pdf = sealed(notice(), office(root=OFFICE.root, picture=SealPicture("BMP", 40, 40, into.getvalue())))
    with pikepdf.open(BytesIO(pdf)) as document:
        masks = [each for each in document.objects if isinstance(each, pikepdf.Stream) and "/SMask" in each]
    assert len(masks) == 1


def test_a_seal_of_five_megabytes_still_seals() -> None:
    noise = random.Random(5).randbytes(1300 * 1300 * 3)
    into = BytesIO()
    Image.frombytes("RGB", (1300, 1300), noise).save(into, "PNG")
    large = replace(OFFICE.words, picture=SealPicture("PNG", 40, 40, into.getvalue()))
    pdf = sealed(notice(), replace(OFFICE, words=large))
    assert len(into.getvalue()) > 5_000_000
    assert judged(pdf)[0].ok


def _der(filled: bytes) -> bytes:
    octets = filled[1] & 0x7F
    return filled[: 2 + octets + int.from_bytes(filled[2 : 2 + octets], "big")]


def _pdfsig_says_valid(folder: Path, pdf: bytes) -> bool:
    (folder / "signed.pdf").write_bytes(pdf)
    told = subprocess.run(["pdfsig", "-nocert", "signed.pdf"], cwd=folder, capture_output=True, check=False)
    return b"Signature is Valid" in told.stdout
