"""What is fuzzed: each parser of foreign bytes, with the errors that are its answer; anything else is a finding."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from asn1crypto import pem
from PIL import Image, ImageDraw

from client.errors import CaseError
from client.ports.pages import WHOLE, Part
from client.ports.scanner import ScanMode, ScanOrder
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.chain import chain_of
from client.proof.faults import ProofError
from client.proof.revoked import RevocationList
from client.rules.identifiers import IdentifierKind, check_identifier
from client.rules.mrz import read_mrz
from client.rules.phones import check_phone
from client.rules.suggestions import Box, Line, SuggestionKind, suggestions
from devices.children.answers import Answers, GarbledError
from devices.idcard import frames
from devices.idcard.cards import SAMPLES, address_block, text_block
from devices.idcard.codes import code_tables
from devices.idcard.layouts import UnknownLayoutError, parse_address, parse_text
from devices.keys.skf.told import key_on_hand, told_keys
from devices.pages.clean import clean
from devices.pages.inspect import inspect_page
from devices.pages.painter import Painter
from devices.scanner.escl_messages import capabilities_in, settings_for, status_in
from devices.scanner.escl_simulator import capabilities
from devices.scanner.faults import Trouble
from devices.scanner.messages import Answer, Event, Listed
from printing.seals.use import judge
from sync import protocol
from tests.fuzz import card_directories, sealed_ofd
from tests.seals.authority import Authority, SoftKey, revocation_list
from tests.seals.office import SIGNED_AT, office

SAMPLE_PAGES = Path(__file__).parents[2] / "resources" / "samples" / "pages"
SMALL = 100_000  # bytes: larger seeds only make a fuzzer slow
TODAY = date(2026, 11, 23)
PAINTER = Painter()
CORNER = Part(0.5, 0.5, 1.0, 1.0)
STATUS = (
    b'<scan:ScannerStatus xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
    b' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:State>Idle</pwg:State>'
    b"<scan:AdfState>ScannerAdfLoaded</scan:AdfState></scan:ScannerStatus>"
)


@dataclass(frozen=True)
class Target:
    """One parser: `take` returns for every bytes there are, or raises what it promises not to.

    `watched` are modules that are loaded under the instruments, so that their branches guide the fuzzer; `longest`
    bounds an input, in bytes.
    """

    take: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    watched: tuple[str, ...]
    longest: int


SEALERS = [office(version) for version in (4, 1, 5)]
SEALED = [sealed for sealer in SEALERS for sealed in (sealer.seal(), sealer.signature())]
TRUST = SEALERS[0].trust

CHECKED = {
    SuggestionKind.RESIDENT_ID: IdentifierKind.RESIDENT_ID,
    SuggestionKind.USCC: IdentifierKind.USCC,
}
PROTOCOL = (
    protocol.decode_block,
    protocol.decode_held,
    protocol.decode_key,
    protocol.decode_missing,
    protocol.decode_page,
    protocol.decode_problem,
    protocol.decode_results,
    protocol.decode_sums,
)


def _frames(data: bytes) -> None:
    """All frames of a stream: it only gets shorter, and what is left may still be the beginning of one."""
    found = frames.cut(data)
    while found.payload is not None:
        assert data.endswith(found.rest)
        assert len(found.rest) < len(data)
        data = found.rest
        if (reply := frames.decode_reply(found.payload)) is not None:
            assert 0 <= reply.status <= 255
        assert frames.cut(frames.encode(found.payload)).payload == found.payload
        found = frames.cut(data)
    assert len(found.rest) < len(frames.PREAMBLE) or found.rest.startswith(frames.PREAMBLE)


def _layouts(data: bytes) -> None:
    parse_address(data)
    try:
        document = parse_text(data, code_tables(), TODAY)
    except UnknownLayoutError:
        return
    assert document.as_json()["number"] == document.number


def _escl(data: bytes) -> None:
    with suppress(GarbledError):
        status_in(data)
    try:
        found = capabilities_in(data)
    except GarbledError:
        return
    for source, has in found.inputs.items():
        has.resolution(300)
        settings_for(ScanOrder(source, ScanMode.GREY, 300), found, 300)


def _pages(data: bytes) -> None:
    try:
        facts = inspect_page(data, "第1页")
    except CaseError:
        return
    assert facts.width > 0
    assert facts.sheets > 0


def _numbers(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    for kind in IdentifierKind:
        try:
            identifier = check_identifier(kind, text, TODAY)
        except CaseError:
            continue
        assert check_identifier(kind, identifier.text) == identifier, "a checked number checks again"
    for found in suggestions([Line(text, Box(0, 0, 9, 9), 1.0)], TODAY):
        if found.kind in CHECKED:
            assert check_identifier(CHECKED[found.kind], found.text).text == found.text, "offered is what checks"
    try:
        phone = check_phone(text)
    except CaseError:
        return
    assert check_phone(phone) == phone


def _protocol(data: bytes) -> None:
    for decode in PROTOCOL:
        with suppress(ValueError):
            decode(data)


def _zones(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    try:
        found = read_mrz(text, TODAY)
    except CaseError:
        return
    assert "<" not in found.number
    assert found.birth is None or found.birth <= TODAY, "nobody is born tomorrow"
    assert read_mrz(text, TODAY) == found
    assert read_mrz(text.lower(), TODAY) == found, "small letters are read alike"


def _cleaned(data: bytes) -> None:
    try:
        page = clean(data, "第1页")
    except CaseError:
        return
    assert page.width > 0
    assert page.height > 0
    assert inspect_page(page.content, "第1页").sheets == 1, "what was cleaned is a page"


def _painted(data: bytes) -> None:
    for media_type in ("image/jpeg", "image/png", "application/pdf"):
        for part in (WHOLE, CORNER):
            with suppress(CaseError):
                picture = PAINTER(data, media_type, 60, 80, 0, part)
                assert len(picture.pixels) == picture.width * picture.height * 4
                assert 0 < picture.width <= 60
                assert 0 < picture.height <= 80


def _said(data: bytes) -> None:
    """Whatever comes over the pipe, and in however many pieces, is the same answers, or garbage at the same place."""
    whole, pieces = _heard([data]), _heard([data[:7], data[7:40], data[40:]])
    assert whole == pieces
    for answer, content in whole[0]:
        assert len(content) == answer.length
        if answer.length == 0:
            assert _heard([answer.line()]) == ([(answer, b"")], False), "what was understood can be said again"


def _heard(pieces: Iterable[bytes]) -> tuple[list[tuple[Answer, bytes]], bool]:
    """The answers, and whether garbage came behind them."""
    answers: Answers[Answer] = Answers(Answer.model_validate_json)
    heard = []
    try:
        for piece in pieces:
            answers.feed(piece)
            while (taken := answers.take()) is not None:
                heard.append(taken)
    except GarbledError:
        return heard, True
    return heard, False


def _sealed(data: bytes) -> None:
    """Whatever it is, its bytes are kept; nothing that is not the seed, but for zeros behind it, is right."""
    try:
        verdicts = judge(data, SIGNED_AT, TRUST)
    except ProofError:
        return
    for verdict in verdicts:
        assert verdict.seal is not None
        assert verdict.seal.der in data
        assert not verdict.ok or data.rstrip(b"\0") in {seed.rstrip(b"\0") for seed in SEALED}


def _certified(data: bytes) -> None:
    with suppress(ProofError):
        certificate = Certificate.parse(data)
        assert certificate.der == data or pem.detect(data)
        chain_of(certificate, TRUST, SIGNED_AT)
        certificate.has_issued(certificate)
    with suppress(ProofError):
        RevocationList.parse(data).is_of(TRUST.roots[0])


def _frame_seeds() -> Iterator[bytes]:
    for card in SAMPLES.values():
        text = text_block(card)
        head = len(text).to_bytes(2, "big") + len(card.photo).to_bytes(2, "big")
        yield frames.encode_reply(frames.Reply(0x90, head + text + card.photo))
    yield b"\xaa\xaa" + frames.encode(frames.FIND) + frames.encode_reply(frames.Reply(0x9F, bytes(4)))


def _layout_seeds() -> Iterator[bytes]:
    yield from (text_block(card) for card in SAMPLES.values())
    yield address_block("示例市示例区示例路2号")


def _escl_seeds() -> Iterator[bytes]:
    yield capabilities()
    yield STATUS


def _page_seeds() -> Iterator[bytes]:
    for page in sorted(SAMPLE_PAGES.iterdir()):
        if page.suffix != ".md" and page.stat().st_size <= SMALL:
            yield page.read_bytes()


def _number_seeds() -> Iterator[bytes]:
    texts = (
        "11010119010101001X",
        "９１１１0101MA0000015P",
        "+8613900000000",
        "010-00000001转2",
        "E00000001",
        "810000190101010018",
        "申请人姓名：张三 性别",
        "有效期 1901年1月1日",
    )
    yield from (text.encode() for text in texts)


def _protocol_seeds() -> Iterator[bytes]:
    yield b'{"results": [{"source": "a", "id": "b", "verdict": "accepted", "ack": "c", "problem": null}]}'
    yield b'{"changes": [{"kind": "a", "subject": "b", "data": {}, "time": "2026-11-23T08:00:00Z"}], "cursor": "1"}'
    yield b'{"sha256": ["' + b"0" * 64 + b'"]}'
    yield b'{"sums": [{"cases": 1, "digest": "' + b"0" * 64 + b'"}]}'
    yield b'{"cases": [{"number": "1", "key": "k", "told": "", "events": [], "files": [], "papers": []}]}'
    yield b'{"key": "k", "series": "s", "first": 1, "last": 2, "returned_from": 2}'
    yield b'{"public": "' + b"0" * 130 + b'", "signs": "x"}'
    yield b'{"type": "about:blank", "status": 409, "code": "HUB-101", "title": "a", "detail": "b", "fields": ["c"]}'


def _zone_seeds() -> Iterator[bytes]:
    """The specimens of Doc 9303, part 4 (appendix B) and part 5 (appendix B)."""
    yield b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    yield b"I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
    yield b"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"


def _picture_seeds() -> Iterator[bytes]:
    """Small pages: a leaning sheet on a dark table with lines on it, as JPEG, PNG of two kinds and PDF."""
    page = Image.new("RGB", (360, 510), (40, 40, 40))
    draw = ImageDraw.Draw(page)
    draw.polygon([(42, 30), (324, 48), (312, 480), (30, 462)], fill="white")
    for top in range(90, 420, 36):
        draw.line([(72, top), (282, top + 12)], fill="black", width=6)
    for kind, picture in (("JPEG", page), ("PNG", page), ("PNG", page.convert("1")), ("PDF", page)):
        into = BytesIO()
        picture.save(into, kind, **({} if kind == "PDF" else {"dpi": (100, 100)}))
        yield into.getvalue()


def _keys_told(data: bytes) -> None:
    """Whatever the process of a key's library tells: keys, each with certificates that may sign, or ValueError."""
    with suppress(ValueError):
        for told in told_keys(data):
            key = key_on_hand(told, "skf:")
            assert key.label.isprintable()
            assert all(each.may_sign for each in key.certificates)


def _key_seeds() -> Iterator[bytes]:
    certificate = resources.files("resources").joinpath("demo", "keys", "root.cer").read_bytes().hex()
    application = f'{{"tries": 6, "is_default": false, "certificates": ["{certificate}"]}}'
    yield f'[{{"device": "4b31", "label": "e992a5", "serial": "31", "applications": [{application}]}}]'.encode()
    yield b'[{"device": "4b31", "step": "SKF_ConnectDev", "status": 167772195}]'


def _pipe_seeds() -> Iterator[bytes]:
    page = b"\xff\xd8 a page \xff\xd9"
    yield (
        Answer(event=Event.STARTING, job=1, page=1).line()
        + Answer(event=Event.PROGRESS, job=1, page=1, share=0.5).line()
        + Answer(event=Event.PAGE, job=1, page=1, width=8, height=9, dpi=300, length=len(page)).line()
        + page
        + Answer(event=Event.DONE, job=1).line()
    )
    yield Answer(event=Event.FAILED, job=2, trouble=Trouble.JAMMED).line()
    yield Answer(event=Event.LISTED, job=3, scanners=(Listed(device="test:0", label="示例"),)).line()


def _sealed_seeds() -> Iterator[bytes]:
    yield from SEALED


def _certificate_seeds() -> Iterator[bytes]:
    root = Authority.root()
    for algorithm in KeyAlgorithm:
        yield root.certify(SoftKey.make(algorithm), "示例市示例局", unit_code="11110101000000001D")
    yield root.certificate
    yield revocation_list(root, {root.certificate: SIGNED_AT})


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "frames": Target(_frames, _frame_seeds, ("devices.idcard.frames",), 8192),
        "layouts": Target(_layouts, _layout_seeds, ("devices.idcard.layouts", "client.rules.names"), 256),
        "escl": Target(_escl, _escl_seeds, ("devices.scanner.escl_messages", "xml.etree.ElementTree"), 16_384),
        "pages": Target(
            _pages, _page_seeds, ("devices.pages.pdf", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "pypdf"), SMALL
        ),
        "numbers": Target(_numbers, _number_seeds, ("client.rules.suggestions", "stdnum.cn.ric"), 96),
        "mrz": Target(_zones, _zone_seeds, ("client.rules.mrz",), 128),
        "cleaning": Target(
            _cleaned,
            _picture_seeds,
            ("devices.pages.clean", "devices.pages.outline", "devices.pages.skew", "devices.pages.looks"),
            16_384,
        ),
        "painter": Target(_painted, _picture_seeds, ("devices.pages.painter", "PIL.ImageOps"), 16_384),
        "pipe": Target(_said, _pipe_seeds, ("devices.children.answers", "devices.scanner.messages"), 1024),
        "keys": Target(_keys_told, _key_seeds, ("devices.keys.skf.told", "client.proof.certificates"), 4096),
        "cards": Target(
            card_directories.take, card_directories.seeds, ("devices.keys.pcsc.pkcs15", "devices.keys.pcsc.tlv"), 2048
        ),
        "seals": Target(
            _sealed,
            _sealed_seeds,
            ("printing.seals.der", "printing.seals.structures", "printing.seals.times", "printing.seals.judge"),
            4096,
        ),
        "ofd": Target(
            sealed_ofd.take,
            sealed_ofd.seeds,
            ("printing.seals.ofd.container", "printing.seals.ofd.signatures", "printing.seals.ofd.shapes"),
            8192,
        ),
        "certificates": Target(
            _certified,
            _certificate_seeds,
            ("client.proof.certificates", "client.proof.chain", "client.proof.revoked", "asn1crypto.x509"),
            2048,
        ),
        "protocol": Target(_protocol, _protocol_seeds, ("sync.protocol",), 2048),
    }
)
