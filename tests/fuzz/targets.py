"""What is fuzzed: each parser of foreign bytes, with the errors that are its answer; anything else is a finding."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from client.errors import CaseError
from client.ports.scanner import ScanMode, ScanOrder
from client.rules.identifiers import IdentifierKind, check_identifier
from client.rules.phones import check_phone
from client.rules.suggestions import Box, Line, SuggestionKind, suggestions
from devices.children.answers import GarbledError
from devices.idcard import frames
from devices.idcard.cards import SAMPLES, address_block, text_block
from devices.idcard.codes import code_tables
from devices.idcard.layouts import UnknownLayoutError, parse_address, parse_text
from devices.pages.inspect import inspect_page
from devices.scanner.escl_messages import capabilities_in, settings_for, status_in
from devices.scanner.escl_simulator import capabilities
from sync import protocol

SAMPLE_PAGES = Path(__file__).parents[2] / "resources" / "samples" / "pages"
SMALL = 100_000  # bytes: larger seeds only make a fuzzer slow
TODAY = date(2026, 11, 23)
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


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "frames": Target(_frames, _frame_seeds, ("devices.idcard.frames",), 8192),
        "layouts": Target(_layouts, _layout_seeds, ("devices.idcard.layouts", "client.rules.names"), 256),
        "escl": Target(_escl, _escl_seeds, ("devices.scanner.escl_messages", "xml.etree.ElementTree"), 16_384),
        "pages": Target(
            _pages, _page_seeds, ("devices.pages.pdf", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "pypdf"), SMALL
        ),
        "numbers": Target(_numbers, _number_seeds, ("client.rules.suggestions", "stdnum.cn.ric"), 96),
        "protocol": Target(_protocol, _protocol_seeds, ("sync.protocol",), 2048),
    }
)
