"""What a hall decides about one window: one frozen object, read from `settings.toml` and the environment."""

import errno
import os
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w
from pydantic import AfterValidator, StringConstraints, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from client.device_file import (
    PrinterAddress,
    RatingAddress,
    ReaderAddress,
    ScannerAddress,
    SealKeyAddress,
    load_device_file,
)
from client.errors import Fault, StoreError
from client.ports.manners import PrinterName, PrintRule, PrintRules
from client.ports.papers import PaperKind
from client.rules.packs import WindowPolicy
from client.rules.reasons import reason
from client.text import chinese, tr

FILE = "settings.toml"
ENVIRONMENT = "YICHUANG_"
PUBLIC_KEY = "^[0-9a-f]{64}-[0-9a-f]{8}$"  # as `yichuang second-copy` writes it; its tail is checked where it is used

NO_SETTINGS = Fault(
    "STORE-151",
    tr("没有找到窗口设置{file}"),
    tr("请核对数据目录是否正确；新窗口请先用 yichuang run 打开，按页面建立"),
)
NOT_TOML = Fault(
    "STORE-152",
    tr("窗口设置{file}的格式不对（{reason}）"),
    tr("请大厅管理员更正该处；更正前窗口不能启动，已办的办件不受影响"),
)
UNKNOWN_KEY = Fault(
    "STORE-153",
    tr("窗口设置{file}中有不认识的项{key}"),
    tr("请大厅管理员核对该项的写法，或者删去；多写一个字母也会这样"),
)
WRONG_VALUE = Fault(
    "STORE-154",
    tr("窗口设置{file}中的{key}不能使用（{reason}）"),
    tr("请大厅管理员更正该项；环境变量中的同名项（YICHUANG_ 开头）优先于文件"),
)
UNWRITABLE = Fault(
    "STORE-155", tr("窗口设置{file}没有写成（{reason}）"), tr("请核对磁盘空间和目录权限；原来的设置没有变")
)


SAMPLE_COMMENT = chinese(
    "# 示例大厅的设置：请大厅管理员更正 region、hall_code、hall_name、window_no、paper_serials，再删去 sample 一行。\n"
)


_DISK_WORDS = {
    errno.ENOSPC: tr("磁盘已满"),
    errno.EACCES: tr("没有权限"),
    errno.EPERM: tr("没有权限"),
    errno.EROFS: tr("磁盘只读"),
}


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"no such time zone: {name}"
        raise ValueError(message) from error
    return name


def _ascending(serials: tuple[int, int]) -> tuple[int, int]:
    first, last = serials
    if not 1 <= first <= last:
        message = "1 <= first <= last"
        raise ValueError(message)
    return serials


def _digits(length: int) -> StringConstraints:
    return StringConstraints(pattern=rf"^[0-9]{{{length}}}$")


_OrganWord = Annotated[
    str, StringConstraints(pattern="^(name|department|advice_phone|supervision_phone|review_organ|court)$")
]


class LargePapers(StrEnum):
    """Whose papers are set in large type."""

    NEVER = "never"
    ELDERS = "elders"  # from sixty on: whoever applies, or stands at the window
    ALWAYS = "always"


class Settings(WindowPolicy):
    """The settings of one window. Secrets are never among them: they lie in the keyring or in files of their own."""

    region: Annotated[str, _digits(6)]  # GB/T 2260
    hall_code: Annotated[str, _digits(2)]
    hall_name: Annotated[str, StringConstraints(min_length=1)]
    window_no: Annotated[str, _digits(2)]
    # First and last 文书编号 this window may give, of each organ's word and year.
    paper_serials: Annotated[tuple[int, int], AfterValidator(_ascending)]

    hub_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+")] | None = None
    reader_port: ReaderAddress | None = None
    photo_library: str | None = None  # of a maker, decodes the photo of a card; without it a silhouette stands there
    driver_python: str | None = None  # interpreter that runs the maker's library, where its bits are not ours
    scanner: ScannerAddress | None = None
    camera: ScannerAddress | None = None  # a document camera beside it: any address of a scanner
    printer: PrinterAddress | None = None
    printers: Mapping[PrinterName, PrinterAddress] = {}  # further ones, each by a name of the hall's
    prints: Mapping[
        PaperKind | Literal["usual"], PrintRule
    ] = {}  # by kind of paper, or "usual": which of them, copies, sides, paper, tray
    rating_port: RatingAddress | None = None
    seal_key: SealKeyAddress | None = None
    clerk_phone: str = ""  # printed on papers beside the clerk's name
    organs: Mapping[str, Mapping[_OrganWord, str]] = {}  # by 统一社会信用代码, over the catalogue's words
    second_copy: str | None = None  # folder on another volume where every unsent case is kept besides
    hub_key: Annotated[str, StringConstraints(pattern=PUBLIC_KEY)] | None = None  # whoever may open what leaves here:
    recovery_key: Annotated[str, StringConstraints(pattern=PUBLIC_KEY)] | None = None  # the platform, and the hall
    pack_key: Annotated[str, StringConstraints(pattern=PUBLIC_KEY)] | None = None  # who signs what is sent down
    clean_pages: bool = True  # what is scanned is straightened and cropped; what came is kept beside it
    read_pages: bool = True  # what stands on a page is shown beside the form, where the component (`ocr`) is installed
    theme: Annotated[str, StringConstraints(pattern="^(light|dark|high_contrast)$")] = "light"
    large_type: bool = False
    large_papers: LargePapers = LargePapers.NEVER
    # A second language below the Chinese of the papers, by its code; where the template has words in it.
    paper_language: Annotated[str, StringConstraints(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    language: Annotated[str, StringConstraints(pattern="^(zh_CN|en)$")] = "zh_CN"  # of the window and its commands
    keys: Mapping[str, str] = {}  # the hall's own keys by act, over the program's; the window knows its acts
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    sample: bool = False  # these are the sample hall's, written for a new profile: nobody's real window

    @field_validator("prints")
    @classmethod
    def _by_known_printers(cls, rules: PrintRules, info: ValidationInfo) -> PrintRules:
        """A paper never waits for a printer that is none because a name was misspelt."""
        if unknown := {rule.printer for rule in rules.values()} - {None, *info.data.get("printers", {})}:
            raise ValueError(unknown)
        return rules

    @property
    def source_uri(self) -> str:
        """Who this window is on the wire, without its epoch."""
        return f"urn:yichuang:window:{self.region}-{self.hall_code}-{self.window_no}"

    @property
    def upload_rate(self) -> int | None:
        """Bytes a second that files may take on their way up."""
        return self.upload_kib and self.upload_kib * 1024

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Origin(StrEnum):
    """Where a setting in effect comes from."""

    POLICY = "policy"
    ENVIRONMENT = "environment"
    LOCKED = "locked"  # by the device file of IT's
    DEVICES = "devices"  # from there too, where the window's own file says nothing
    FILE = "file"
    USUAL = "usual"


class _Read(BaseSettings, Settings):
    """Settings as found: the environment over the file over what is usual."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT, extra="forbid", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic hands all of them by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def load_settings(folder: Path, *, environment: bool = True) -> Settings:
    """The settings of the window whose data lie in `folder`.

    `YICHUANG_<FIELD>` in the environment goes before the file (tables and pairs as JSON), what IT locked in the device
    file (`client.device_file`) between the two, unless the window's file alone is asked for (`environment=False`).
    Raises StoreError naming the file and the key when the file is missing, malformed, has an unknown key or a value
    out of range.
    """
    path = folder / FILE
    found = _found(path)
    if not environment:
        return Settings(**_checked(path, found, Settings).model_dump())
    devices = load_device_file(folder)
    return Settings(**_checked(path, {**devices.usual, **found, **devices.locked}, _Read).model_dump())


def origins(folder: Path) -> Mapping[str, Origin]:
    """Where each setting in effect comes from; without a file none is from there. Raises StoreError if it is broken."""
    path = folder / FILE
    written = dict.fromkeys(_found(path) if path.exists() else (), Origin.FILE)
    asked = dict.fromkeys(_decided_outside(), Origin.ENVIRONMENT)
    usual = dict.fromkeys(Settings.model_fields, Origin.USUAL)
    devices = load_device_file(folder)
    shipped = dict.fromkeys(devices.usual, Origin.DEVICES)
    locked = dict.fromkeys(devices.locked, Origin.LOCKED)
    found = {**usual, **shipped, **written, **locked, **asked}
    return {name: found[name] for name in usual}


def under_policy(settings: Settings, policy: Mapping[str, object]) -> Settings:
    """The settings with what the platform decides over the file's, as far as it may and the environment does not.

    Raises StoreError for a value that is out of range.
    """
    decided = {name: policy[name] for name in set(WindowPolicy.model_fields) & set(policy) - _decided_outside()}
    return Settings(**_checked(Path(tr("平台下发的政策")), settings.model_dump() | decided, Settings).model_dump())


def settings_with(folder: Path, written: Settings, changed: Mapping[str, object]) -> Settings:
    """What the file in `folder` is to say after a change. Raises StoreError where the two do not go together.

    A rule of printing may name a printer that the environment told of, and the file does not know.
    """
    return _checked(folder / FILE, {**written.model_dump(), **changed}, Settings)


def _decided_outside() -> set[str]:
    """Names in the environment that look like settings."""
    asked = (name.upper() for name in os.environ)
    return {name.removeprefix(ENVIRONMENT).lower() for name in asked if name.startswith(ENVIRONMENT)}


def _found(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # editors of Windows put a mark before the text
    except FileNotFoundError as error:
        raise StoreError(NO_SETTINGS, file=path) from error
    except OSError as error:
        raise StoreError(NOT_TOML, file=path, reason=tr("读不到")) from error
    except UnicodeDecodeError as error:
        raise StoreError(NOT_TOML, file=path, reason=reason("string_unicode")) from error
    except tomllib.TOMLDecodeError as error:
        raise StoreError(NOT_TOML, file=path, reason=_place(error)) from error


def write_settings(folder: Path, settings: Settings) -> None:
    """Write `settings.toml` into `folder`, whole or not at all; a sample says so on top. Raises StoreError."""
    path = folder / FILE
    partial = path.with_suffix(".partial")
    said = settings.model_dump(mode="json", exclude_none=True)
    # no empty table at the end: a line that a person writes below would be a part of it
    words = tomli_w.dumps({name: value for name, value in said.items() if value != {}})
    if settings.sample:
        words = SAMPLE_COMMENT + words
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreError(UNWRITABLE, file=path, reason=_DISK_WORDS.get(error.errno or 0, tr("磁盘读写失败"))) from error


def _checked(path: Path, found: dict[str, Any], kind: type[Settings]) -> Settings:
    try:
        return kind(**found)
    except SettingsError as error:  # an environment variable that should hold JSON and does not
        raise StoreError(WRONG_VALUE, file=path, key=ENVIRONMENT + "*", reason=reason("json_invalid")) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise StoreError(UNKNOWN_KEY, file=path, key=key) from error
        raise StoreError(WRONG_VALUE, file=path, key=key, reason=reason(first["type"])) from error


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where a file stops being TOML; the reader says it in words alone, "at end of document" included."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return tr("第 {line} 行第 {column} 列").format(line=found[1], column=found[2]) if found else tr("没有写完")
