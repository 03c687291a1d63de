"""The device file: what IT ships to many windows at once and may lock. A wrong line costs that line, not the window."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from client.places import machine_folder
from client.ports.pages import Sparing, Tint
from client.ports.scanner import Paper, ScanMode, ScanOrder, ScanProfile, ScanSource
from client.rules.batches import Separator, SeparatorKind
from client.rules.reasons import reason
from client.text import tr

FILE = "devices.toml"
NAMED_BY = "YICHUANG_DEVICES_FILE"
WAYS = "scan_profiles"
LARGEST = 1 << 16  # bytes: hundreds of ways to scan; tomllib takes a time that grows with the square of a bad line
_BY_ITSELF = frozenset({"most_kb", "give_up"})  # of a way: without them it scans all the same

ReaderAddress = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$")]
"""Serial port of the ID-card reader, e.g. COM3; `sdtapi:PATH`, `termb:PATH`, `usb:`; `simulated` for training."""

ScannerAddress = Annotated[
    str,
    StringConstraints(
        pattern=r"^(sane:.+|escl:https?://[^/\s]+(/\S*)?|(folder|camera):[^\x00-\x1f]+|simulated(\?\S*)?)$"
    ),
]
PrinterAddress = Annotated[
    str, StringConstraints(pattern=r"^(ipps?://[^/\s]+(/\S*)?|(folder|escpos|system):[^\x00-\x1f]+|simulated(\?\S*)?)$")
]
_KEYS = r"(pcsc:[^;]*|skf:[^;]+|simulated(\?[^;\s]*)?)"
SealKeyAddress = Annotated[str, StringConstraints(pattern=rf"^{_KEYS}(;{_KEYS})*$")]
"""Seal keys, of several stacks parted by semicolons."""

RatingAddress = Annotated[str, StringConstraints(pattern=r"^(simulated(\?\S*)?|[^?\s]+\?[a-z0-9-]+)$")]

_ADDRESSES: Mapping[str, tuple[str, TypeAdapter[str]]] = MappingProxyType(
    {
        "reader": ("reader_port", TypeAdapter(ReaderAddress)),
        "scanner": ("scanner", TypeAdapter(ScannerAddress)),
        "camera": ("camera", TypeAdapter(ScannerAddress)),
        "printer": ("printer", TypeAdapter(PrinterAddress)),
        "rating": ("rating_port", TypeAdapter(RatingAddress)),
        "key": ("seal_key", TypeAdapter(SealKeyAddress)),
    }
)


class _Entry(BaseModel):
    """One device as the file has it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    address: str
    locked: bool = False


class Icon(StrEnum):
    """The program's icons for a way to scan."""

    FEEDER = "scan_feeder"
    FLATBED = "scan_flatbed"
    CARD = "scan_card"
    SORTED = "scan_sorted"
    CAMERA = "scan_camera"


class _Way(BaseModel):
    """A way to scan as the file has it; `every`: pages a material, where that is how a batch is cut."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=12, strip_whitespace=True)]
    icon: Icon | None = None
    device: Literal["scanner", "camera"] = "scanner"
    source: ScanSource = ScanSource.FEEDER
    mode: ScanMode = ScanMode.COLOUR
    dpi: Annotated[int, Field(ge=75, le=1200)] = 300
    paper: Paper = Paper.A4
    separator: SeparatorKind = SeparatorKind.NONE
    every: Annotated[int, Field(ge=1, le=100)] = 1
    fronts_then_backs: bool = False
    leave_out_blank: bool = False
    starts_itself: bool = False
    most_kb: Annotated[int, Field(ge=50, le=10_000)] | None = None
    give_up: Tint = Tint.GREY
    default: bool = False
    locked: bool = False

    @property
    def profile(self) -> ScanProfile:
        order = ScanOrder(self.source, self.mode, self.dpi, paper=self.paper)
        cut = Separator(self.separator, self.every)
        return ScanProfile(
            self.name,
            self.icon or "",
            order,
            cut,
            fronts_then_backs=self.fronts_then_backs,
            is_locked=self.locked,
            leaves_out_blank=self.leave_out_blank,
            starts_itself=self.starts_itself,
            by_camera=self.device == "camera",
            sparing=Sparing(self.most_kb and self.most_kb * 1024, self.give_up),
        )


@dataclass(frozen=True)
class DeviceFile:
    """Addresses by the name of their setting: the `locked` count over the window's own, the `usual` beneath it.

    `ways` to scan, the default first; none: those the program has. `wrong` are sentences: what was passed over, and
    why. `path` is None where there is no such file.
    """

    path: Path | None = None
    locked: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[ScanProfile, ...] = ()
    wrong: tuple[str, ...] = ()


def load_device_file(folder: Path) -> DeviceFile:
    """The device file for the window whose data lie in `folder`: the first there is.

    Looked for where YICHUANG_DEVICES_FILE says, in the machine's own folder, and beside the window's settings. Raises
    nothing: the window opens with what is right.
    """
    path = _place(folder)
    if path is None:
        return DeviceFile()
    try:
        content = _content(path)
        if len(content) > LARGEST:
            return DeviceFile(path, wrong=(_told(path, "", tr("超过 64 KB")),))
        found = tomllib.loads(content.decode("utf-8-sig"))  # editors of Windows put a mark before the text
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        why = tr("读不到") if isinstance(error, OSError) else tr("不是 TOML 格式")
        return DeviceFile(path, wrong=(_told(path, "", why),))
    return _read(path, found)


def _place(folder: Path) -> Path | None:
    if named := os.environ.get(NAMED_BY):
        return Path(named)
    return next((each for each in (machine_folder() / FILE, folder / FILE) if _is_there(each)), None)


def _is_there(path: Path) -> bool:
    """What nobody may look at counts as there: that it cannot be read is told then, and what it locks stays unknown."""
    try:
        return path.exists()
    except OSError:
        return True


def _content(path: Path) -> bytes:
    """No more of it than tells that it is too long. Raises OSError, also for what would keep us waiting (a pipe)."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _read(path: Path, found: Mapping[str, Any]) -> DeviceFile:
    locked, usual, wrong = dict[str, str](), dict[str, str](), list[str]()
    for key, value in found.items():
        if key == WAYS:
            continue
        if key not in _ADDRESSES:
            wrong.append(_told(path, key, tr("不认识的项")))
            continue
        setting, address = _ADDRESSES[key]
        try:
            entry = _Entry.model_validate(value)
            address.validate_python(entry.address)
        except ValidationError as error:
            wrong.append(_refused(path, key, error, "address"))
        else:
            (locked if entry.locked else usual)[setting] = entry.address
    ways = _ways(path, found.get(WAYS, []), wrong)
    return DeviceFile(path, locked, usual, ways, tuple(wrong))


def _ways(path: Path, found: object, wrong: list[str]) -> tuple[ScanProfile, ...]:
    """The ways to scan, the default first; what is wrong with one is added to `wrong`."""
    if not isinstance(found, list):
        wrong.append(_told(path, WAYS, reason("list_type")))
        return ()
    ways: list[_Way] = []
    for number, value in enumerate(found, 1):
        way = _way(path, f"{WAYS}[{number}]", value, wrong)
        if way is None:
            continue
        if way.name in {each.name for each in ways}:
            wrong.append(_told(path, f"{WAYS}[{number}].name", tr("名称重复")))
        else:
            ways.append(way)
    return tuple(way.profile for way in sorted(ways, key=lambda way: not way.default))


def _way(path: Path, key: str, value: object, wrong: list[str]) -> _Way | None:
    """One of them; without what it can do without, where that is wrong."""
    try:
        return _Way.model_validate(value)
    except ValidationError as error:
        wrong.append(_refused(path, key, error, "name"))
        at = error.errors(include_url=False)[0]["loc"][:1]
    if isinstance(value, dict) and _BY_ITSELF.issuperset(at) and at:
        return _way(path, key, {name: each for name, each in value.items() if name not in at}, wrong)
    return None


def _refused(path: Path, key: str, error: ValidationError, whole: str) -> str:
    """The first thing that is wrong with an entry; `whole` is named where it is no table at all."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return _told(path, ".".join(str(part) for part in (key, *(first["loc"] or (whole,)))), reason(first["type"]))


def _told(path: Path, key: str, why: str) -> str:
    if not key:
        return tr("设备文件 {file} 没有用上（{why}）").format(file=path, why=why)
    return tr("设备文件 {file} 的 {key} 没有用上（{why}）").format(file=path, key=key, why=why)
