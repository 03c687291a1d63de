"""Which scanner a setting means, and which scanners there are to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from client.errors import DeviceError, DeviceState, StoreError
from client.ports.devices import SIMULATED, Driver, Kind
from client.ports.scanner import ScannedPage, Scanner, ScanOrder
from client.text import tr
from devices.scanner import faults
from devices.scanner.camera import camera_at
from devices.scanner.sane_scanner import SCANNER_NAME, SaneScanner

SANE = "sane:"
ESCL = "escl:"
FOLDER = "folder:"
CAMERA = "camera:"
ESCL_SERVICES: Mapping[str, str] = MappingProxyType({"_uscan._tcp": "http", "_uscans._tcp": "https"})
VIDEO = Path("/sys/class/video4linux")
TRIAL_DPI = 100  # enough to see that it works


@dataclass(frozen=True, slots=True)
class FoundScanner:
    """`address` is what the setting takes, `label` the maker's name and model."""

    address: str
    label: str


def scanner_of(address: str, *, pages: Sequence[Traversable] = ()) -> Scanner:
    """The scanner a setting names; nothing is opened yet. Raises DeviceError for what is no address.

    `sane:DEVICE` is a device of SANE, `escl:URL` a network scanner, `folder:PATH` a folder that an all-in-one fills,
    `camera:NUMBER` a document camera, `camera:PATH` a film that stands for one, `simulated` the simulator with `pages`
    (by default the program's samples). Behind `?` stand options as in the query of a URL: of SANE by their names there
    (`sane:test:0?depth=8`), of the simulator `pace` (seconds a page), `feeder` (sheets) and `fail`
    (`simulated?fail=jammed:2`).
    """
    if address.startswith(ESCL):
        from devices.scanner.escl import EsclScanner  # noqa: PLC0415 - requests and Pillow load late

        url = address.removeprefix(ESCL)
        try:
            parts = urlsplit(url)
        except ValueError as error:  # half an address of IPv6
            raise _wrong(address) from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise _wrong(address)
        return EsclScanner(url)
    if address.startswith(FOLDER) and len(address) > len(FOLDER):
        from devices.scanner.folder import WatchedFolder  # noqa: PLC0415 - Pillow loads late

        return WatchedFolder(Path(address.removeprefix(FOLDER)))
    if address.startswith(CAMERA) and len(address) > len(CAMERA):
        return camera_at(address.removeprefix(CAMERA))
    place, _, query = address.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if place.startswith(SANE) and len(place) > len(SANE):
        return SaneScanner(place.removeprefix(SANE), options=options)
    if place != SIMULATED:
        raise _wrong(address)
    from devices.scanner.simulated import Failure, SimulatedScanner, sample_pages  # noqa: PLC0415 - Pillow loads late

    try:
        failure = Failure.parse(options.pop("fail")) if "fail" in options else None
        pace, feeder = float(options.pop("pace", 1.0)), int(options.pop("feeder", 3))
    except ValueError as error:
        raise _wrong(address) from error
    if options:
        raise _wrong(address)
    return SimulatedScanner(pages or sample_pages(), pace=pace, in_feeder=feeder, failure=failure)


def kind() -> Kind[Scanner, ScannedPage]:
    """What this room offers."""
    return Kind(scanner_of, driver_of, choices, first_page)


def driver_of(address: str) -> Driver:
    """How the scanner at `address` is spoken to."""
    if address.startswith(SANE):
        return Driver(tr("SANE（单独的进程）"), "libsane.so.1")
    if address.startswith(ESCL):
        from devices.scanner.escl import LIBRARY  # noqa: PLC0415 - requests and Pillow load late

        return Driver(tr("eSCL 网络扫描，不需要驱动程序"), LIBRARY)
    if address.startswith(CAMERA):
        return Driver(tr("高拍仪（单独的进程）"), "OpenCV")
    return Driver(tr("一体机的文件夹") if address.startswith(FOLDER) else tr("模拟"))


def found() -> Sequence[FoundScanner]:
    """The scanners SANE knows and those that announce themselves in the network; takes seconds.

    Raises DeviceError where SANE is not there and nothing announced itself.
    """
    with ThreadPoolExecutor(1) as beside:
        in_network = beside.submit(_announced)
        try:
            with closing(SaneScanner("")) as scanner:
                known = [FoundScanner(SANE + each.device, each.label or each.device) for each in scanner.listed()]
        except DeviceError:
            if not in_network.result():
                raise
            known = []
        return [*known, *_cameras(), *in_network.result()]


def _cameras(system: Path = VIDEO) -> Sequence[FoundScanner]:
    """The cameras Linux tells of, those that give pictures; elsewhere a camera's number is tried by hand."""
    found = []
    for each in sorted(system.glob("video*")):
        number = each.name.removeprefix("video")
        if number.isdecimal() and (each / "index").read_text().strip() == "0":  # the others give no pictures
            found.append(FoundScanner(CAMERA + number, (each / "name").read_text().strip()))
    return found


def _announced() -> Sequence[FoundScanner]:
    """Driverless scanners (Mopria eSCL 2.97, 5: `rs` is the path, `ty` maker and model)."""
    from client.nearby import nearby  # noqa: PLC0415 - only whoever sets up a window asks

    return [
        FoundScanner(
            f"{ESCL}{ESCL_SERVICES[each.kind]}://{each.host}:{each.port}/{each.words.get('rs', 'eSCL').strip('/')}",
            each.words.get("ty") or each.name,
        )
        for each in nearby(*ESCL_SERVICES)
    ]


def choices() -> Sequence[tuple[str, str]]:
    """(address, label) of the scanners found. Raises DeviceError."""
    return [(each.address, each.label) for each in found()]


def scan_one(address: str) -> ScannedPage:
    """Scan a page at `address`, to see whether the scanner works. Raises DeviceError."""
    with closing(scanner_of(address)) as scanner:
        return first_page(scanner)


def first_page(scanner: Scanner) -> ScannedPage:
    """A page from the glass. Raises DeviceError."""
    return next(iter(scanner.scan(ScanOrder(dpi=TRIAL_DPI, limit=1), lambda _progress: None, lambda: False)))


def scan_to(address: str, order: ScanOrder, folder: Path, name: str = "page") -> Iterator[tuple[Path, ScannedPage]]:
    """Scan into files, NAME-001.jpg and on, each as soon as it is whole; what is there already is not written over.

    Raises DeviceError, StoreError.
    """
    with closing(scanner_of(address)) as scanner:
        for page in scanner.scan(order, lambda _progress: None, lambda: False):
            file = free_place(folder, name)
            try:
                file.write_bytes(page.content)
            except OSError as error:
                file.unlink(missing_ok=True)  # half a page is not to be taken for one
                raise StoreError(faults.NOT_WRITTEN, file=file) from error
            yield file, page


def free_place(folder: Path, name: str) -> Path:
    """The first of NAME-001.jpg and on that is not taken, behind all that are."""
    taken = [each.stem.rpartition("-")[2] for each in folder.glob(f"{name}-*.jpg")]
    last = max((int(each) for each in taken if each.isdecimal()), default=0)
    return folder / f"{name}-{last + 1:03}.jpg"


def _wrong(address: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.WRONG_ADDRESS, device=SCANNER_NAME, address=address)
