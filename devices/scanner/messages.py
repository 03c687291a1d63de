"""What window and scanning process say to one another: lines of JSON, and behind a page's line its bytes."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from client.ports.scanner import Paper, ScanMode, ScanOrder, ScanSource
from devices.scanner.faults import Trouble

LARGEST_PAGE = 128 * 1024 * 1024  # a JPEG of A4 at 1,200 dpi has a third of it


class Deed(StrEnum):
    """What the window asks for."""

    LIST = "list"
    CHECK = "check"
    SCAN = "scan"
    CANCEL = "cancel"  # every job up to `job`


class Event(StrEnum):
    """What the scanning process answers. The last four end a job."""

    STARTING = "starting"  # the device was told to begin page `page`; lamps and feeders take their time
    PROGRESS = "progress"
    PAGE = "page"  # `length` bytes of JPEG follow
    DONE = "done"
    LISTED = "listed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class _Line(BaseModel):
    """One line on the pipe; unknown words are garbage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def line(self) -> bytes:
        return self.model_dump_json(exclude_defaults=True).encode() + b"\n"


class Question(_Line):
    """Answered by its `job`, a number that only grows. `options` are set on the device by their SANE names."""

    do: Deed
    job: int
    device: str = ""
    options: dict[str, str] = {}
    source: ScanSource = ScanSource.FLATBED
    mode: ScanMode = ScanMode.COLOUR
    dpi: int = 300
    limit: int | None = None
    paper: Paper = Paper.A4

    @property
    def order(self) -> ScanOrder:
        return ScanOrder(self.source, self.mode, self.dpi, self.limit, self.paper)


class Listed(_Line):
    """A scanner as SANE lists it."""

    device: str
    label: str


class Answer(_Line):
    """One thing that happened in a job."""

    event: Event
    job: int
    page: int = 0
    share: float = 0.0
    width: int = 0
    height: int = 0
    dpi: int = 0
    length: int = Field(default=0, ge=0, le=LARGEST_PAGE)
    trouble: Trouble | None = None
    option: str = ""
    scanners: tuple[Listed, ...] = ()


def is_whole(page: bytes) -> bool:
    """Whether a JPEG has its beginning and its end: bytes lost in the pipe are made up for by those that follow."""
    return page.startswith(b"\xff\xd8") and page.endswith(b"\xff\xd9")
