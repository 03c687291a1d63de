"""A network scanner for training, demo and tests: the simulated scanner behind eSCL, as its makers would serve it.

Judged by a client of others': Debian's sane-airscan scans from it in the tests.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree import ElementTree as ET

from client.errors import Cancelled, DeviceError, DeviceState
from client.nearby import announced
from client.ports.scanner import Paper, ScanMode, ScannedPage, Scanner, ScanOrder, ScanSource
from devices.scanner.escl_messages import COLOUR_MODES, JPEG, PWG, SCAN, UNITS, AdfState
from devices.scanner.sane_options import MM_PER_INCH
from devices.scanner.simulated import Failure, SimulatedScanner, sample_pages

ROOT = "/eSCL/"
LARGEST_ORDER = 1 << 16
XML = "text/xml"
GLASS = (2550, 3508)  # in 1/300 inch
RESOLUTIONS = (75, 100, 150, 200, 300, 600)
_CAPS = """<InputCaps><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{width}</scan:MaxWidth>\
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{height}</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>\
<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes><scan:DocumentFormats>\
<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>\
</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>{dpi}</scan:DiscreteResolutions>\
</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles></InputCaps>"""
_CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>\
<scan:ScannerCapabilities xmlns:scan="{scan}" xmlns:pwg="{pwg}">\
<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Yichuang simulated scanner</pwg:MakeAndModel>\
<pwg:SerialNumber>SIMULATED</pwg:SerialNumber><scan:Platen>{platen}</scan:Platen><scan:Adf>{adf}\
<scan:FeederCapacity>50</scan:FeederCapacity>\
<scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"""
_STATUS = """<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus xmlns:scan="{scan}" xmlns:pwg="{pwg}">\
<pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"""
_JAMS = {DeviceState.JAMMED: AdfState.JAM, DeviceState.COVER_OPEN: AdfState.HATCH_OPEN}


def capabilities() -> bytes:
    """What this scanner can do, as XML."""
    modes = "".join(f"<scan:ColorMode>{each}</scan:ColorMode>" for each in dict.fromkeys(COLOUR_MODES.values()))
    dpi = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{each}</scan:XResolution>"
        f"<scan:YResolution>{each}</scan:YResolution></scan:DiscreteResolution>"
        for each in RESOLUTIONS
    )
    caps = _CAPS.format(modes=modes, dpi=dpi, width=GLASS[0], height=GLASS[1])
    inputs = {
        "platen": caps.replace("InputCaps>", "scan:PlatenInputCaps>"),
        "adf": "".join(caps.replace("InputCaps>", f"scan:{each}InputCaps>") for each in ("AdfSimplex", "AdfDuplex")),
    }
    return _CAPABILITIES.format(scan=SCAN, pwg=PWG, **inputs).encode()


@dataclass
class Job:
    """A scan on the way; its pages are made as they are fetched."""

    pages: Iterator[ScannedPage]
    is_over: bool = False


@dataclass
class Desk:
    """The scanner behind the server, and its jobs."""

    scanner: Scanner
    jobs: dict[str, Job] = field(default_factory=dict)
    adf: AdfState = AdfState.LOADED
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_busy(self) -> bool:
        return any(not job.is_over for job in self.jobs.values())

    def begin(self, order: ScanOrder) -> str | None:
        """The name of a new job; None while there is one."""
        with self.lock:
            if self.is_busy:
                return None
            self.adf = AdfState.LOADED  # somebody saw to it
            name = uuid4().hex
            self.jobs[name] = Job(self.scanner.scan(order, lambda _progress: None, lambda: self._is_given_up(name)))
            return name

    def _is_given_up(self, name: str) -> bool:
        return name not in self.jobs or self.jobs[name].is_over

    def next(self, name: str) -> ScannedPage | HTTPStatus:
        """The next page of a job, or the answer that stands for none."""
        job = self.jobs.get(name)
        if job is None or job.is_over:
            return HTTPStatus.NOT_FOUND
        try:
            page = next(job.pages, None)
        except Cancelled:
            return HTTPStatus.NOT_FOUND
        except DeviceError as error:
            job.is_over = True
            self.adf = _JAMS.get(error.state, AdfState.EMPTY if error.state is DeviceState.OUT_OF_PAPER else self.adf)
            return HTTPStatus.NOT_FOUND if self.adf is AdfState.EMPTY else HTTPStatus.INTERNAL_SERVER_ERROR
        job.is_over = page is None
        return page or HTTPStatus.NOT_FOUND

    def end(self, name: str) -> bool:
        """Whether there was such a job."""
        job = self.jobs.pop(name, None)
        if job is not None:
            job.is_over = True
        return job is not None


def order_in(body: bytes) -> ScanOrder:
    """The order that ScanSettings stand for. Raises ValueError for what this scanner cannot do."""
    try:
        root = ET.fromstring(body)  # noqa: S314 - a simulator, on loopback, for this program's own client
    except ET.ParseError as error:
        raise ValueError("no XML") from error
    said = {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in root.iter()}
    modes = {COLOUR_MODES[mode]: mode for mode in (ScanMode.COLOUR, ScanMode.GREY)}
    dpi = int(said.get("XResolution") or 300)
    if dpi not in RESOLUTIONS or said.get("ColorMode", "RGB24") not in modes:
        raise ValueError("not offered")
    source = ScanSource.FEEDER if said.get("InputSource") == "Feeder" else ScanSource.FLATBED
    if source is ScanSource.FEEDER and said.get("Duplex") == "true":
        source = ScanSource.FEEDER_DUPLEX
    mode = modes.get(said.get("ColorMode", "RGB24"), ScanMode.COLOUR)
    return ScanOrder(source, mode, dpi, paper=_paper_of(int(said.get("Width") or 0), int(said.get("Height") or 0)))


def _paper_of(width: int, height: int) -> Paper:
    """The paper nearest to a region of so many 1/300 inch; without a region, A4."""
    if not (width and height):
        return Paper.A4
    sizes = {each: each.size or (GLASS[0] / UNITS * MM_PER_INCH, GLASS[1] / UNITS * MM_PER_INCH) for each in Paper}
    told = (width / UNITS * MM_PER_INCH, height / UNITS * MM_PER_INCH)
    return min(sizes, key=lambda each: abs(sizes[each][0] - told[0]) + abs(sizes[each][1] - told[1]))


class Connection(BaseHTTPRequestHandler):
    """One connection; `desk` is its server's."""

    protocol_version = "HTTP/1.1"
    desk: Desk

    def do_GET(self) -> None:
        match self.path.removeprefix(ROOT).split("/"):
            case ["ScannerCapabilities"]:
                self._say(HTTPStatus.OK, capabilities(), XML)
            case ["ScannerStatus"]:
                state = "Processing" if self.desk.is_busy else "Idle"
                told = _STATUS.format(scan=SCAN, pwg=PWG, state=state, adf=self.desk.adf)
                self._say(HTTPStatus.OK, told.encode(), XML)
            case ["ScanJobs", name, "NextDocument"]:
                self._page(self.desk.next(name))
            case _:
                self._say(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST_ORDER))
        if self.path != ROOT + "ScanJobs":
            self._say(HTTPStatus.NOT_FOUND)
            return
        try:
            name = self.desk.begin(order_in(body))
        except ValueError:
            self._say(HTTPStatus.CONFLICT)
            return
        if name is None:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._say(HTTPStatus.CREATED, location=f"{ROOT}ScanJobs/{name}")

    def do_DELETE(self) -> None:
        match self.path.removeprefix(ROOT).strip("/").split("/"):
            case ["ScanJobs", name] if self.desk.end(name):
                self._say(HTTPStatus.OK)
            case _:
                self._say(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - http.server's own
        """Nobody reads along."""

    def _page(self, found: ScannedPage | HTTPStatus) -> None:
        if isinstance(found, ScannedPage):
            self._say(HTTPStatus.OK, found.content, JPEG)
        else:
            self._say(found)

    def _say(self, status: HTTPStatus, body: bytes = b"", kind: str = "", location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (("Content-Type", kind), ("Location", location)):
            if value:
                self.send_header(name, value)
        self.send_header("Connection", "close")  # which ends the thread that serves it, too
        self.end_headers()
        self.wfile.write(body)


class EsclSimulator:
    """Serves `scanner` at http://HOST:PORT/eSCL from `with` on; port 0 takes any free one."""

    def __init__(self, scanner: Scanner, host: str = "127.0.0.1", port: int = 0) -> None:
        self.desk = Desk(scanner)
        self._server = ThreadingHTTPServer((host, port), type("Served", (Connection,), {"desk": self.desk}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="escl simulator", daemon=True)
        self.url = f"http://{host}:{self._server.server_address[1]}{ROOT}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def run(
    host: str, port: int, sheets: int, fail: str | None, told: Callable[[str], object], *, announce: bool = False
) -> None:
    """Play until told to stop; `told` hears the address for the setting, the network too with `announce`.

    Raises ValueError for what is no `fail`.
    """
    failure = Failure.parse(fail) if fail else None
    scanner = SimulatedScanner(sample_pages(), in_feeder=sheets, failure=failure)
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with EsclSimulator(scanner, host, port) as server, ExitStack() as heard:
        if announce:
            words = {"rs": ROOT.strip("/"), "ty": scanner.name, "vers": "2.97", "is": "platen,adf"}
            where = urlsplit(server.url)
            heard.enter_context(announced("_uscan._tcp", scanner.name, host, where.port or 0, words))
        told(f"escl:{server.url}")
        stop.wait()
