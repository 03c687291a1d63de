"""Papers asked whether they are genuine: from the file, from a picture, from the text of the code."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
import zxingcpp
from PIL import Image

from client.ports.papers import PaperKind
from client.ports.statements import Part, Standing, Statement
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.chain import Trust
from client.proof.faults import ProofError
from client.rules.papers import PAPER_RULES, Voice
from printing.faults import PaperError
from printing.papers.signing import QR_SIDE
from printing.papers.statement import read, signed, signing, statement_of, to_sign, told
from printing.papers.written import written_in
from printing.press import A4Press
from printing.proving import Papers
from printing.seals.pdf.code import code_on, lay_over
from printing.seals.pdf.room import opened_for_more
from printing.seals.pdf.sealing import prepare
from tests.printing.facts import ORGAN, RARE_NAME, order, paper
from tests.seals.authority import Authority, SoftKey, revocation_list
from tests.seals.office import NAME, SIGNED_AT, UNIT, Office, Person, office
from tests.seals.papers import notice, seal_of, sealed

OFFICE = office()
LATER = SIGNED_AT + timedelta(days=30)
NOBODY = Papers(Trust)


@cache
def page(kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, reprint_no: int = 0, name: str = "示例餐饮有限公司") -> bytes:
    return A4Press().render(order(kind, reprint_no, applicant_name=name))


def signed_text(statement: Statement | None = None, by: Person = OFFICE.clerk) -> str:
    named = signing(statement or statement_of(paper(), []), by.certificate, SIGNED_AT)
    return told(signed(named, by.key.sign(to_sign(named))))


def trusting(*certificates: bytes) -> Papers:
    trust = Trust.parse(certificates)
    return Papers(lambda: trust)


HALL = trusting(OFFICE.root.certificate, OFFICE.clerk.certificate.der)


@cache
def picture(pdf: bytes, scale: float = 2.0) -> Image.Image:
    drawn: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()
    return drawn


def as_file(image: Image.Image, form: str = "PNG") -> bytes:
    into = BytesIO()
    image.convert("RGB").save(into, form)
    return into.getvalue()


def without(pdf: bytes, before: str, after: str) -> bytes:
    """The paper with the letters of one word exchanged for those of another, as who alters a file would."""
    import pikepdf  # noqa: PLC0415 - this alteration alone needs it

    with pikepdf.open(BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
        fonts = document.pages[0].Resources.Font
        for font in dict(fonts).values():
            cmap = font.ToUnicode.read_bytes()
            codes = {line.split()[1]: line.split()[0] for line in cmap.splitlines() if line.startswith(b"<")}
            try:
                old, new = (
                    b"".join(codes[b"<" + each.encode("utf-16-be").hex().encode() + b">"].strip(b"<>") for each in word)
                    for word in (before, after)
                )
            except KeyError:
                continue
            content = content.replace(old, new)
        document.pages[0].Contents = document.make_stream(content)
        into = BytesIO()
        document.save(into)
    return into.getvalue()


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if PAPER_RULES[kind].voice is not Voice.APPLICANT])
def test_every_paper_bears_its_statement_and_says_that_nobody_signed_it(kind: PaperKind) -> None:
    found = NOBODY.prove_file(page(kind), LATER)
    assert (found.standing, found.altered) == (Standing.UNSIGNED, ())
    assert found.statement.kind is kind
    written = "".join(written_in(page(kind)).words)
    assert "二维码未经密钥签名" in written


def test_a_copy_states_what_the_paper_states() -> None:
    (first,), (copy,) = (written_in(page(reprint_no=number)).codes for number in (0, 3))
    assert first == copy
    assert NOBODY.prove_file(page(reprint_no=3), LATER).altered == ()


def test_letters_that_are_rare_are_read_back() -> None:
    found = NOBODY.prove_file(page(name=RARE_NAME), LATER)
    assert (found.statement.applicant, found.altered) == (RARE_NAME, ())


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("43号", "46号", Part.NUMBER),
        ("0043", "0046", Part.CASE),
        ("7K4P", "7K4A", Part.QUERY),
        ("11月30日", "11月20日", Part.UNTIL),
        ("电话", "话电", Part.WORDS),
    ],
)
def test_what_was_altered_on_the_page_is_named(before: str, after: str, part: Part) -> None:
    found = NOBODY.prove_file(without(page(), before, after), LATER)
    assert (found.standing, found.altered) == (Standing.ALTERED, (part,))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_scan_says_what_the_code_says_and_that_a_person_compares(form: str) -> None:
    found = NOBODY.prove_file(as_file(picture(page()).rotate(2, fillcolor="white"), form), LATER)
    assert found.statement == read(written_in(page()).codes[0])
    assert "逐项比对" in found.notes[-1]


def test_a_code_that_is_cut_in_half_is_not_found() -> None:
    image = picture(page()).copy()
    left, top = 52 * 2, 545 * 2
    image.paste("white", (left, top, left + 110, top + 190))
    with pytest.raises(PaperError) as caught:
        NOBODY.prove_file(as_file(image), LATER)
    assert caught.value.code == "PAPER-282"


def test_two_papers_in_one_picture_are_asked_one_at_a_time() -> None:
    one, other = picture(page()), picture(page(PaperKind.CORRECTION_NOTICE))
    both = Image.new("RGB", (one.width * 2, one.height), "white")
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    with pytest.raises(PaperError) as caught:
        NOBODY.prove_file(as_file(both), LATER)
    assert caught.value.code == "PAPER-283"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n", b"words", page()[:5000]],
    ids=["empty", "broken", "picture", "words", "half"],
)
def test_what_is_no_file_of_a_paper_is_told(content: bytes) -> None:
    with pytest.raises(PaperError) as caught:
        NOBODY.prove_file(content, LATER)
    assert caught.value.code in {"PAPER-282", "PAPER-284"}


def test_a_picture_that_says_it_is_vast_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.papers.written.MOST_PIXELS", 100)
    with pytest.raises(PaperError) as caught:
        NOBODY.prove_file(as_file(picture(page())), LATER)
    assert caught.value.code == "PAPER-284"


def test_more_pages_than_any_paper_has_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.papers.written.MOST_PAGES", 0)
    with pytest.raises(PaperError) as caught:
        NOBODY.prove_file(page(), LATER)
    assert caught.value.code == "PAPER-284"


def test_what_the_organs_key_signed_is_genuine() -> None:
    found = HALL.prove_text(signed_text(), LATER)
    assert (found.standing, found.signer) == (Standing.GENUINE, OFFICE.clerk.certificate)
    assert (found.statement.signed_at, "逐项比对" in found.notes[-1]) == (SIGNED_AT, True)


def test_a_certificate_that_is_given_needs_nobody_above() -> None:
    assert trusting(OFFICE.clerk.certificate.der).prove_text(signed_text(), LATER).standing is Standing.GENUINE


def test_a_key_of_another_kind_signs_as_well() -> None:
    clerk = Person.certified(OFFICE.root, NAME, SoftKey.make(KeyAlgorithm.ECDSA_P256), unit_code=UNIT)
    assert trusting(clerk.certificate.der).prove_text(signed_text(by=clerk), LATER).standing is Standing.GENUINE


def test_without_its_certificate_nothing_is_proved() -> None:
    found = trusting(OFFICE.root.certificate).prove_text(signed_text(), LATER)
    assert (found.standing, found.signer) == (Standing.UNKNOWN_KEY, None)
    assert found.statement.key.hex() in found.notes[0]


def test_a_statement_that_was_altered_under_its_signature_is_found() -> None:
    true = read(signed_text())
    for changed in (
        replace(true, applicant="另一家有限公司"),
        replace(true, until=None),
        replace(true, digest=bytes(32)),
        replace(true, signed_at=LATER),
        replace(true, signature=bytes(64)),
    ):
        found = HALL.prove_text(told(changed), LATER)
        assert (found.standing, found.altered) == (Standing.ALTERED, (Part.STATEMENT,))


def test_a_key_that_was_taken_back_is_told_even_where_its_certificate_was_given() -> None:
    for since, standing in ((SIGNED_AT, Standing.REVOKED), (LATER + timedelta(days=1), Standing.GENUINE)):
        taken_back = revocation_list(OFFICE.root, {OFFICE.clerk.certificate.der: since})
        hall = trusting(OFFICE.root.certificate, OFFICE.clerk.certificate.der, taken_back)
        assert hall.prove_text(signed_text(), LATER).standing is standing


def _other(office: Office = OFFICE) -> Sequence[tuple[Person, str]]:
    stranger = Authority.root("不受信任的根证书")
    return (
        (Person.certified(office.root, "示例县市场监督管理局行政许可专用章"), "不是出具机关"),
        (Person.certified(office.root, NAME, usage=frozenset({"key_encipherment"})), "用途不含签名"),
        (Person.certified(office.root, NAME, ends=SIGNED_AT - timedelta(days=1)), "不在有效期内"),
        (Person.certified(stranger, NAME), "不在本机信任的证书之列"),
    )


@pytest.mark.parametrize(("by", "said"), _other())
def test_a_key_that_may_not_speak_for_the_organ_proves_nothing(by: Person, said: str) -> None:
    between = Trust(Trust.parse([OFFICE.root.certificate]).roots, (by.certificate,))
    found = Papers(lambda: between).prove_text(signed_text(by=by), LATER)
    assert found.standing is Standing.UNKNOWN_KEY
    assert said in found.notes[0]


LONG_NAME = "示例市" + "示例" * 20 + "管理局"


@pytest.mark.parametrize(
    ("holder", "organ", "speaks"),
    [
        ("示例市人民政府", "示例市人民政府", True),
        ("示例市人民政府公章（2）", "示例市人民政府", True),
        ("示例市规划局(林业局)业务专用章", "示例市规划局（林业局）", True),
        (f"{LONG_NAME}行政许可专用章", LONG_NAME, True),
        (NAME, "", False),
        ("行政许可专用章", "", False),
        ("行政许可专用章", "许可", False),
        (NAME, "示例市", False),
        (NAME, "市场监督管理局", False),
        ("示例市人民政府办公室行政许可专用章", "示例市人民政府", False),
        ("示例市大数据中心政务服务专用章", "示例市", False),
        ("示例市人民政府的张三", "示例市人民政府", False),
        ("示例市人民政府（张三）", "示例市人民政府", False),
    ],
)
def test_a_key_speaks_for_the_organ_it_names_and_not_for_one_whose_name_is_part_of_it(
    holder: str, organ: str, *, speaks: bool
) -> None:
    by = Person.certified(OFFICE.root, holder)
    statement = statement_of(paper(organ=ORGAN.model_copy(update={"name": organ})), [])
    found = trusting(OFFICE.root.certificate, by.certificate.der).prove_text(signed_text(statement, by), LATER)
    assert found.standing is (Standing.GENUINE if speaks else Standing.UNKNOWN_KEY)


@pytest.mark.parametrize("place", ["organization_name", "organizational_unit_name"])
def test_a_clerks_own_certificate_speaks_for_the_organ_it_belongs_to(place: str) -> None:
    by = Person.certified(OFFICE.root, "张三", named={place: "示例市市场监督管理局"})
    found = trusting(OFFICE.root.certificate, by.certificate.der).prove_text(signed_text(by=by), LATER)
    assert found.standing is Standing.GENUINE


def test_a_signature_of_tomorrow_proves_nothing() -> None:
    found = HALL.prove_text(signed_text(), SIGNED_AT - timedelta(hours=1))
    assert (found.standing, "核对本机时钟" in found.notes[0]) == (Standing.UNKNOWN_KEY, True)


def test_a_file_that_was_altered_after_it_was_sealed_is_told() -> None:
    pdf = sealed(page(), OFFICE)
    assert HALL.prove_file(pdf, LATER).standing is Standing.UNSIGNED
    at = pdf.index(b"/Title") + 9
    turned = pdf[:at] + bytes((pdf[at] ^ 1,)) + pdf[at + 1 :]
    found = HALL.prove_file(turned, LATER)
    assert (found.standing, found.altered) == (Standing.ALTERED, (Part.FILE,))


def test_a_certificate_is_named_by_its_tail() -> None:
    der = OFFICE.clerk.certificate.der
    assert read(signed_text()).key == signing(read(signed_text()), Certificate.parse(der), SIGNED_AT).key


def stated(pdf: bytes, by: Person = OFFICE.clerk, of: Office = OFFICE) -> bytes:
    """The paper sealed with its code signed, as the desk does it."""
    prepared = prepare(pdf, seal_of(of), by.certificate, SIGNED_AT, None)
    room = prepared.stated(by.key.sign(prepared.to_state))
    return room.complete(by.key.sign(room.to_sign))


@cache
def signed_page(materials: int = 3) -> bytes:
    return stated(notice(materials))


@pytest.mark.parametrize("materials", [3, 60])
def test_the_key_that_seals_a_paper_signs_its_code(materials: int) -> None:
    pdf = signed_page(materials)
    found = trusting(OFFICE.root.certificate).prove_file(pdf, LATER)  # the certificate comes with the seal
    assert (found.standing, found.altered, found.signer) == (Standing.GENUINE, (), OFFICE.clerk.certificate)
    assert found.statement.signed_at == SIGNED_AT
    assert pdf.startswith(notice(materials))


def test_the_signed_code_lies_exactly_on_the_other() -> None:
    before, after = (picture(pdf).convert("L") for pdf in (notice(), signed_page()))
    assert middle(after) == pytest.approx(middle(before), abs=1)
    changed = np.argwhere(np.asarray(before)[:, :640] != np.asarray(after)[:, :640])  # right of them is the seal
    reach = (QR_SIDE / 2 + 1.5) * 2
    assert abs(changed[:, 0] - middle(before)[1]).max() <= reach
    assert middle(before)[0] - changed[:, 1].min() <= reach


def middle(image: Image.Image) -> tuple[float, float]:
    (found,) = (each.position for each in zxingcpp.read_barcodes(image) if each.text.startswith("YC2:"))
    corners = (found.top_left, found.top_right, found.bottom_left, found.bottom_right)
    return sum(corner.x for corner in corners) / 4, sum(corner.y for corner in corners) / 4


def test_a_coarse_scan_is_fine_enough_for_a_signed_code() -> None:
    coarse = picture(signed_page(), 130 / 72).convert("L").rotate(3, fillcolor=255)
    assert HALL.prove_file(as_file(coarse), LATER).standing is Standing.GENUINE


def test_a_scan_of_the_sealed_paper_is_genuine_where_its_certificate_is_known() -> None:
    scan = as_file(picture(signed_page()), "JPEG")
    assert HALL.prove_file(scan, LATER).standing is Standing.GENUINE
    assert NOBODY.prove_file(scan, LATER).standing is Standing.UNKNOWN_KEY


def test_a_copy_of_a_sealed_paper_keeps_the_signed_code() -> None:
    copy = A4Press().render(order(reprint_no=2).model_copy(update={"issued_page": signed_page()}))
    found = HALL.prove_file(copy, LATER)
    assert (found.standing, found.altered) == (Standing.GENUINE, ())


def test_a_signed_code_on_another_page_names_what_differs() -> None:
    other = A4Press().render(order(applicant_name="另一家有限公司", paper_number="示市监许受〔2026〕44号"))
    code = code_on(other)
    assert code is not None
    writer, into = opened_for_more(other), BytesIO()
    lay_over(writer, code, read(signed_text()))
    writer.write(into)
    found = HALL.prove_file(into.getvalue(), LATER)
    assert (found.standing, found.altered) == (Standing.ALTERED, (Part.NUMBER, Part.NAME))


def test_a_key_that_does_not_fit_into_the_code_seals_without() -> None:
    clerk = Person.certified(OFFICE.root, NAME, SoftKey.make(KeyAlgorithm.RSA), unit_code=UNIT)
    of = OFFICE.with_words(holders=(clerk.certificate.der,))
    prepared = prepare(notice(), seal_of(of), clerk.certificate, SIGNED_AT, None)
    assert (prepared.to_state, prepared.stated(b"")) == (b"", prepared)


def test_what_has_no_code_of_ours_is_sealed_without() -> None:
    assert code_on(as_file(picture(notice()).resize((100, 140)), "PDF")) is None
    assert code_on(signed_page()) is None
    with pytest.raises(ProofError):
        code_on(b"no PDF")
