"""The device file: what IT ships to many windows at once and may lock. A wrong line costs that line, not the window."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from client.places import machine_folder
from client.rules.reasons import reason
from client.text import tr

FILE = "devices.toml"
NAMED_BY = "YICHUANG_DEVICES_FILE"

ReaderAddress = Annotated[str, StringConstraints(min_length=1)]
"""Serial port of the ID-card reader, e.g. COM3; `sdtapi:PATH`, `termb:PATH`; `simulated` for training."""

ScannerAddress = Annotated[
    str, StringConstraints(pattern=r"^(sane:.+|escl:https?://[^/\s]+(/\S*)?|folder:.+|camera:.+|simulated(\?\S*)?)$")
]
PrinterAddress = Annotated[str, StringConstraints(pattern=r"^(ipps?://[^/\s]+(/\S*)?|simulated)$")]

_ADDRESSES: Mapping[str, tuple[str, TypeAdapter[str]]] = MappingProxyType(
    {
        "reader": ("reader_port", TypeAdapter(ReaderAddress)),
        "scanner": ("scanner", TypeAdapter(ScannerAddress)),
        "printer": ("printer", TypeAdapter(PrinterAddress)),
    }
)


class _Entry(BaseModel):
    """One device as the file has it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    address: str
    locked: bool = False


@dataclass(frozen=True)
class DeviceFile:
    """Addresses by the name of their setting: the `locked` count over the window's own, the `usual` beneath it.

    `wrong` are sentences: what was passed over, and why. `path` is None where there is no such file.
    """

    path: Path | None = None
    locked: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
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
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = tr("读不到") if isinstance(error, OSError) else tr("不是 TOML 格式")
        return DeviceFile(path, wrong=(_told(path, "", why),))
    return _read(path, found)


def _place(folder: Path) -> Path | None:
    if named := os.environ.get(NAMED_BY):
        return Path(named)
    return next((each for each in (machine_folder() / FILE, folder / FILE) if each.exists()), None)


def _read(path: Path, found: Mapping[str, Any]) -> DeviceFile:
    locked, usual, wrong = dict[str, str](), dict[str, str](), list[str]()
    for key, value in found.items():
        if key not in _ADDRESSES:
            wrong.append(_told(path, key, tr("不认识的项")))
            continue
        setting, address = _ADDRESSES[key]
        try:
            entry = _Entry.model_validate(value)
            address.validate_python(entry.address)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            at = ".".join(str(part) for part in (key, *(first["loc"] or ("address",))))
            wrong.append(_told(path, at, reason(first["type"])))
        else:
            (locked if entry.locked else usual)[setting] = entry.address
    return DeviceFile(path, locked, usual, tuple(wrong))


def _told(path: Path, key: str, why: str) -> str:
    if not key:
        return tr("设备文件 {file} 没有用上（{why}）").format(file=path, why=why)
    return tr("设备文件 {file} 的 {key} 没有用上（{why}）").format(file=path, key=key, why=why)
