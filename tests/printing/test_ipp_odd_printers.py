"""Printers that answer wrong, late or not at all: a sentence in time, and never a page handed over twice unawares."""

import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, SSLError

from client.errors import DeviceError, DeviceState
from client.ports.printer import JobReport, Printout, PrintState, Unsure
from client.ports.readiness import Condition
from printing.ipp import wire
from printing.ipp.finding import found
from printing.ipp.messages import Section, Tag, first, texts
from printing.ipp.printer import GONE, IppPrinter
from printing.ipp.states import READY
from printing.ipp.wire import Patience
from printing.use import printer_of
from tests.printing.answers import Answer, Odd, job, odd_printer, printer, said
from tests.sync.test_tls import certificate

NAME = "窗口打印机"
PDF = b"%PDF-1.7"
HTML = Answer(b"<html><body>It works!</body></html>")
WELL = said(printer())
TAKEN = said(job(7))
UUID = "urn:uuid:00000000-0000-0000-0000-000000000001"


def ours(odd: Odd) -> IppPrinter:
    return IppPrinter(odd.address, NAME)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGE", "QUESTION"):
        monkeypatch.setattr(f"printing.ipp.printer.{name}", Patience(0.2, 0.2, 0.3))


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (HTML, DeviceState.UNREADABLE, "DEV-304"),
        (Answer(b""), DeviceState.UNREADABLE, "DEV-304"),
        (Answer(status=302), DeviceState.UNREADABLE, "DEV-304"),
        (Answer(status=401), DeviceState.LOCKED, "DEV-305"),
        (Answer(status=403), DeviceState.LOCKED, "DEV-305"),
        (Answer(status=404), DeviceState.ABSENT, "DEV-302"),
        (Answer(status=426), DeviceState.UNSUPPORTED, "DEV-313"),
        (Answer(status=500), DeviceState.TIMED_OUT, "DEV-303"),
        (Answer(cut=True), DeviceState.TIMED_OUT, "DEV-303"),
        (said(code=0x0401), DeviceState.LOCKED, "DEV-305"),
        (said(code=0x0406), DeviceState.ABSENT, "DEV-302"),
        (said(code=0x0502), DeviceState.BUSY, "DEV-307"),
        (said(code=0x0503), DeviceState.UNSUPPORTED, "DEV-309"),
        (said(printer(formats=("image/urf",))), DeviceState.UNSUPPORTED, "DEV-308"),
    ],
)
def test_a_printer_that_answers_wrong_before_the_page_took_nothing(
    answer: Answer, state: DeviceState, code: str
) -> None:
    with odd_printer(answer) as odd, pytest.raises(DeviceError) as caught:
        ours(odd).submit(Printout("2026-1", PDF))
    assert not isinstance(caught.value, Unsure)
    assert (caught.value.state, caught.value.code) == (state, code)
    assert NAME in caught.value.title
    assert all(message.data == b"" for message in odd.asked), "no page was sent"


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (Answer(status=403), DeviceState.LOCKED, "DEV-305"),
        (said(code=0x040A), DeviceState.UNSUPPORTED, "DEV-308"),
        (said(code=0x0500), DeviceState.UNSUPPORTED, "DEV-309"),
        (said(code=0x0506), DeviceState.LOCKED, "DEV-306"),
        (said(code=0x0507), DeviceState.BUSY, "DEV-307"),
    ],
)
def test_a_printer_that_refuses_the_page_did_not_take_it(answer: Answer, state: DeviceState, code: str) -> None:
    with odd_printer(WELL, answer) as odd, pytest.raises(DeviceError) as caught:
        ours(odd).submit(Printout("2026-1", PDF))
    assert not isinstance(caught.value, Unsure)
    assert (caught.value.state, caught.value.code) == (state, code)


@pytest.mark.parametrize(
    "answer",
    [HTML, Answer(b""), Answer(status=500), Answer(status=503), Answer(cut=True), said(), Answer(delay=0.4)],
    ids=["html", "nothing", "500", "503", "cut", "without a number", "silence"],
)
@pytest.mark.usefixtures("hasty")
def test_a_page_without_a_clear_answer_may_be_on_paper(answer: Answer) -> None:
    with odd_printer(WELL, answer) as odd, pytest.raises(Unsure) as caught:
        ours(odd).submit(Printout("2026-1", PDF))
    assert caught.value.code == "DEV-311"
    assert [message.data for message in odd.asked] == [b"", PDF]


@pytest.mark.usefixtures("hasty")
def test_an_answer_that_drips_is_given_up() -> None:
    with odd_printer(Answer(b"." * 100, drip=0.05)) as odd:
        began = time.monotonic()
        with pytest.raises(DeviceError, match="DEV-303"):
            ours(odd).submit(Printout("2026-1", PDF))
        assert time.monotonic() - began < 2.0  # all of it would take five seconds


@pytest.mark.parametrize(
    "endless",
    [
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    ],
    ids=["head", "continue", "size of a chunk"],
)
@pytest.mark.usefixtures("hasty")
def test_an_answer_that_never_comes_to_its_words_is_given_up(endless: tuple[bytes, bytes]) -> None:
    with odd_printer(WELL, Answer(endless=endless)) as odd:
        with pytest.raises(Unsure, match="DEV-311"):
            ours(odd).submit(Printout("2026-1", PDF))
        began = time.monotonic()
        assert ours(odd).check().words == f"{NAME}没有应答"
        assert time.monotonic() - began < 2.0, "the lamp waits a second at most"


def test_a_job_of_another_printer_is_not_looked_for_here() -> None:
    direct = IppPrinter("ipp://127.0.0.1:1/ipp/print", NAME)
    for other in ("notice.pdf", "1-2026-7", "0f3a-1", "-7 urn:uuid:1"):
        assert direct.report(other) == JobReport(PrintState.UNKNOWN, GONE)
        direct.cancel(other)


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_LARGEST_ANSWER", 10)
    with odd_printer(WELL) as odd, pytest.raises(DeviceError, match="DEV-303"):
        ours(odd).submit(Printout("2026-1", PDF))


def test_a_page_says_how_it_is_printed_and_nobodys_name() -> None:
    with odd_printer(WELL, TAKEN, said(job(7, 5, texts(Tag.URI, "job-uuid", UUID)))) as odd:
        assert ours(odd).submit(Printout("示" * 200, PDF)).job == f"7 {UUID}"
    page = odd.asked[1]
    head, wanted = first(page, Section.OPERATION), first(page, Section.JOB)
    assert [attribute.name for attribute in head.attributes][:2] == [
        "attributes-charset",
        "attributes-natural-language",
    ]
    assert head.text("requesting-user-name") == "yichuang"
    assert head.text("document-format") == "application/pdf"
    assert head.text("job-name") == "示" * 85  # 255 bytes
    assert (wanted.text("media"), wanted.text("sides")) == ("iso_a4_210x297mm", "one-sided")


def test_a_printer_that_does_not_tell_more_of_its_job_has_it_all_the_same() -> None:
    with odd_printer(WELL, TAKEN, said(code=0x0501)) as odd:
        assert ours(odd).submit(Printout("2026-1", PDF)).job == "7"


def test_a_job_of_another_day_under_the_same_number_is_not_ours() -> None:
    with odd_printer(said(job(7, 9, texts(Tag.URI, "job-uuid", UUID))), WELL) as odd:
        assert ours(odd).report("7 urn:uuid:other") == JobReport(PrintState.UNKNOWN, GONE)
    with odd_printer(said(job(7, 9, texts(Tag.URI, "job-uuid", UUID))), WELL) as odd:
        assert ours(odd).report(f"7 {UUID}") == JobReport(PrintState.DONE)


@pytest.mark.parametrize("code", [0x0406, 0x0407])
def test_a_job_the_printer_forgot_is_unknown_and_needs_no_cancelling(code: int) -> None:
    with odd_printer(said(code=code), WELL) as odd:
        assert ours(odd).report("7") == JobReport(PrintState.UNKNOWN, GONE)
    with odd_printer(said(code=code), WELL) as odd:
        ours(odd).cancel("7")


def test_a_job_cannot_be_asked_of_a_printer_that_forbids_it() -> None:
    with odd_printer(said(code=0x0403)) as odd:
        for ask in (ours(odd).report, ours(odd).cancel):
            with pytest.raises(DeviceError, match="DEV-305"):
                ask("7")


def test_a_finished_job_stays_what_it_is() -> None:
    with odd_printer(said(code=0x0404)) as odd:
        ours(odd).cancel("7")
    assert odd.asked[0].code == 0x0008


@pytest.mark.parametrize(
    ("answer", "condition", "words"),
    [
        (WELL, Condition.READY, "就绪"),
        (HTML, Condition.FAILED, "窗口打印机的地址上不是打印机"),
        (Answer(delay=1.2, cut=True), Condition.FAILED, "窗口打印机没有应答"),
        (said(code=0x0406), Condition.FAILED, "打印服务器上没有窗口打印机"),
    ],
)
def test_a_look_takes_a_second_at_most_and_raises_nothing(answer: Answer, condition: Condition, words: str) -> None:
    with odd_printer(answer) as odd:
        began = time.monotonic()
        look = ours(odd).check()
        took = time.monotonic() - began
    assert (look.condition, look.words) == (condition, words)
    assert took < 1.0


@pytest.mark.parametrize(
    ("behind", "condition"),
    [
        (said(printer(texts(Tag.KEYWORD, "printer-state-reasons", "media-empty"))), Condition.FAILED),
        (Answer(cut=True), Condition.FAILED),
        (Answer(status=401), Condition.READY),  # it answers, if not to us: the queue's word counts
        (WELL, Condition.READY),
    ],
)
def test_behind_a_queue_of_this_machine_the_printer_is_asked_too(behind: Answer, condition: Condition) -> None:
    with odd_printer(behind) as device, odd_printer(said(printer(texts(Tag.URI, "device-uri", device.address)))) as odd:
        assert ours(odd).check().condition == condition
    assert len(device.asked) == 1


def test_a_printer_on_a_cable_is_believed_its_queue() -> None:
    with odd_printer(said(printer(texts(Tag.URI, "device-uri", "usb://Some/Printer")))) as odd:
        assert ours(odd).check() == READY


def test_nobody_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    began = time.monotonic()
    absent = IppPrinter(f"ipp://127.0.0.1:{port}/ipp/print", NAME)
    asked: list[Callable[[], object]] = [
        lambda: absent.submit(Printout("2026-1", PDF)),
        lambda: absent.report("1"),
        lambda: absent.cancel("1"),
        lambda: found(f"ipp://127.0.0.1:{port}"),
        lambda: IppPrinter("ipp://no-such-host.invalid/ipp/print", NAME).report("1"),
    ]
    for ask in asked:
        with pytest.raises(DeviceError) as caught:
            ask()
        assert (caught.value.state, caught.value.code) == (DeviceState.ABSENT, "DEV-301")
    assert absent.check().words == "连不上窗口打印机"
    assert time.monotonic() - began < 2.0


def test_a_certificate_nobody_trusts_is_told(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with odd_printer(WELL, tls=context) as odd, pytest.raises(DeviceError) as caught:
        ours(odd).submit(Printout("2026-1", PDF))
    assert odd.address.startswith("ipps://")
    assert (caught.value.state, caught.value.code) == (DeviceState.LOCKED, "DEV-310")


def test_a_certificate_the_system_trusts_is_good_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with odd_printer(WELL, tls=context) as odd:
        assert ours(odd).check() == READY


def test_a_secure_line_that_breaks_behind_the_page_leaves_it_in_doubt() -> None:
    """Only a certificate is judged before anything is sent."""
    alert = SSLError(ssl.SSLError(1, "tlsv1 alert internal error"))
    broken = requests.exceptions.SSLError(MaxRetryError(HTTPSConnectionPool("127.0.0.1"), "/", alert))
    assert isinstance(wire._translated(broken, NAME), Unsure)


@pytest.mark.parametrize(
    "address",
    ["", "lp", "http://host/ipp/print", "ipp:///printers/x", "ipp://host:port/x", "ipp://a:b@host/x", "ipp://host/x?y"],
)
def test_what_is_no_address_is_refused_before_anybody_is_asked(address: str) -> None:
    with pytest.raises(DeviceError) as caught:
        printer_of(address)
    assert (caught.value.state, caught.value.code) == (DeviceState.UNSUPPORTED, "DEV-312")
    assert address in caught.value.title


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("ipp://host/printers/win 1", "http://host:631/printers/win 1"),
        ("ipps://host:8631/ipp/print", "https://host:8631/ipp/print"),
        ("ipp://[::1]:632/", "http://[::1]:632/"),
        ("ipp://host", "http://host:631/"),
    ],
)
def test_an_address_says_where_to_go(address: str, url: str) -> None:
    assert wire.Address.of(address).url == url


def test_a_server_with_nothing_to_choose_from_offers_nothing() -> None:
    with odd_printer(Answer(status=404)) as odd:
        assert found(odd.url.replace("http", "ipp")) == []
    with odd_printer(said(code=0x0406)) as odd:
        assert found(odd.url.replace("http", "ipp")) == []
    with odd_printer(Answer(status=401)) as odd, pytest.raises(DeviceError, match="DEV-305"):
        found(odd.url.replace("http", "ipp"))


def test_a_printer_by_itself_is_found_as_itself() -> None:
    named = (
        texts(Tag.NAME, "printer-name", "lobby"),
        texts(Tag.TEXT, "printer-info", "大厅打印机"),
        texts(Tag.TEXT, "printer-location", "一楼"),
    )
    with odd_printer(said(code=0x0501), said(printer(*named, formats=("image/urf",)))) as odd:
        (only,) = found(odd.url.replace("http", "ipp"))
    assert (only.name, only.address, only.words, only.takes_pdf) == ("lobby", odd.address, "大厅打印机，一楼", False)
    assert [message.code for message in odd.asked] == [0x4002, 0x000B]
