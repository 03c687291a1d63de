"""A server on this machine that answers what a test tells it to, right or wrong: printers that misbehave."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase

from printing.ipp.messages import (
    MEDIA_TYPE,
    Attribute,
    Group,
    Message,
    Section,
    Tag,
    Value,
    decode,
    encode,
    integer,
    texts,
)

OK = 0x0000


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; `delay` seconds before it, `drip` before each byte of it, `cut` ends the line without it.

    `endless`: bytes it begins with as they are, and others that follow for ever, a few a second.
    """

    body: bytes = b""
    status: int = 200
    delay: float = 0.0
    drip: float = 0.0
    cut: bool = False
    endless: tuple[bytes, bytes] = (b"", b"")
    is_ipp: bool = False  # then it bears the number of the request


@dataclass
class Odd:
    """A printer that gives `answers` one after the other, the last again and again; `asked` is what it heard."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.url.replace("http", "ipp", 1) + "/ipp/print"

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def odd_printer(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Odd]:
    printer = Odd(answers=list(answers))

    class Face(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            printer.asked.append(decode(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = printer.next()
            time.sleep(answer.delay)
            if answer.cut:
                self.close_connection = True
                return
            _go_on(self.wfile, *answer.endless)
            body = answer.body
            if answer.is_ipp:
                body = encode(replace(decode(body), request_id=printer.asked[-1].request_id))
            self.send_response(answer.status)
            self.send_header("Content-Type", MEDIA_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if not answer.drip:
                self.wfile.write(body)
            for byte in body if answer.drip else b"":
                time.sleep(answer.drip)
                self.wfile.write(bytes([byte]))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A line that a test cut is no news."""

    with Quiet(("127.0.0.1", 0), Face) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        printer.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield printer
        finally:
            server.shutdown()
            thread.join()


def _go_on(line: BufferedIOBase, begin: bytes, again: bytes) -> None:
    line.write(begin)
    while again:
        time.sleep(0.05)
        line.write(again)


def said(*groups: Group, code: int = OK) -> Answer:
    """A sound IPP answer."""
    head = (texts(Tag.CHARSET, "attributes-charset", "utf-8"), texts(Tag.LANGUAGE, "attributes-natural-language", "en"))
    return Answer(encode(Message(code, 1, (Group(Section.OPERATION, head), *groups))), is_ipp=True)


def enum(name: str, number: int) -> Attribute:
    return Attribute(name, (Value(Tag.ENUM, number.to_bytes(4, "big")),))


def printer(*attributes: Attribute, state: int = 3, formats: tuple[str, ...] = ("application/pdf",)) -> Group:
    return Group(
        Section.PRINTER,
        (
            enum("printer-state", state),
            texts(Tag.MEDIA_TYPE, "document-format-supported", *formats),
            *attributes,
        ),
    )


def job(number: int = 7, state: int = 5, *attributes: Attribute) -> Group:
    return Group(Section.JOB, (integer("job-id", number), enum("job-state", state), *attributes))
