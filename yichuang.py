"""The front door: opens the house, introduces its rooms to one another, and mounts their commands."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog
import typer

import client.commands.cases
import client.commands.upkeep
import client.demo.commands
import devices.commands
import printing.commands
import sync.commands
from client import log
from client.catalogue import load_calendar, load_catalogue, load_folding, load_regimes
from client.commands.checks import (
    CORRECT_SAMPLE,
    check_disk,
    check_keyring,
    check_printer,
    check_reader,
    check_settings,
    check_zone,
)
from client.commands.usage import in_chinese
from client.config import Settings, load_settings, write_settings
from client.console import Console
from client.demo import DEMO_PASSPHRASE, DEMO_PIN, DEMO_SETTINGS
from client.desk.clocks import run_clocks
from client.desk.counter import Counter
from client.desk.inbox import StoredInbox
from client.desk.staff import Roster
from client.errors import CaseError, DeskError, Fault, PlatformError, RightsError, StoreError
from client.house import Check, House
from client.options import DEFAULT_PROFILE, secret_in
from client.ports.clock import Clock
from client.ports.id_card import IdCardReader
from client.ports.pages import PageFacts
from client.ports.papers import PaperPress, Spool
from client.store.memory import Memory
from client.store.opening import open_memory, read_memory
from client.store.outbox import StoredOutbox
from client.store.profile import Profile
from client.text import tr
from sync.commands import Wires

PROGRAM = "yichuang"
KEY_FILE = "YICHUANG_KEY_FILE"
PIN_FILE = "YICHUANG_PIN_FILE"
TOKEN_FILE = "YICHUANG_TOKEN_FILE"  # noqa: S105 - the name of a variable, not a secret
AS_JSON = "--json"
DEMO = "demo"
SAMPLE_SETTINGS = DEMO_SETTINGS.model_copy(update={"sample": True})  # of a new profile, for the hall to correct
STILL_SAMPLE = tr("注意：窗口设置还是示例大厅的，办理真实业务前请大厅管理员更正 settings.toml")

NO_PIN = Fault("STAFF-109", tr("没有给出办理人的口令"), tr("请把口令写入文件，并用 YICHUANG_PIN_FILE 指明该文件"))
USAGE = Fault("USAGE-001", tr("命令写法不对：{reason}"), tr("请在该命令后加 --help 查看写法"))
BUG = Fault("BUG-001", tr("程序出错，这一步没有完成"), tr("已提交的办件不受影响；请把日志 {log} 交给系统管理员"))
SAMPLE_HALL = Fault("PLAT-311", tr("窗口设置还是示例大厅的，没有连接平台 {url}"), CORRECT_SAMPLE)

DRIFT = timedelta(minutes=2)
SETTLING_STEP = 0.25  # seconds

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for room in (
    client.commands.cases,
    client.commands.upkeep,
    sync.commands,
    devices.commands,
    printing.commands,
    client.demo.commands,
):
    app.registered_commands += room.app.registered_commands
    app.registered_groups += room.app.registered_groups


@app.callback(invoke_without_command=True)
def front(
    ctx: typer.Context,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """一窗 Yichuang: the window of a government-service hall that works on when the network is down.

    Exit status: 0 done, 1 failed, 2 wrong usage. Results go to stdout, errors to stderr as one line.

    YICHUANG_KEY_FILE names a file with the passphrase of the store, where there is no keyring; YICHUANG_PIN_FILE
    one with the PIN of whoever acts; YICHUANG_TOKEN_FILE one with the platform's token.
    """
    if show_version:
        Console(as_json=False).show(None, [version("yichuang")])
    elif ctx.invoked_subcommand is None:
        Console(as_json=False).show(None, [ctx.get_help()])
    _log_to_stderr()
    ctx.obj = FrontDoor()


def main() -> None:
    """Run one command: exit status 0 done, 1 failed, 2 usage; a failure is one line on stderr."""
    console = Console(as_json=AS_JSON in sys.argv)
    try:
        sys.exit(app(standalone_mode=False))
    except DeskError as error:
        console.fail(error)
        sys.exit(1)
    except typer.TyperException as wrong:
        console.fail(CaseError(USAGE, reason=in_chinese(wrong.format_message())))
        sys.exit(2)
    except Exception:
        console.fail(StoreError(BUG, log=_note_bug()))
        if os.environ.get("YICHUANG_DEBUG"):
            raise
        sys.exit(1)
    finally:
        log.stop()


@dataclass(frozen=True)
class FrontDoor:
    """What every command is handed: profiles to open, and the hands it may ask for."""

    def place(self, profile: str) -> Profile:
        named = profile in {DEFAULT_PROFILE, DEMO}
        return Profile(_data_folder() / profile if named else Path(profile))

    def settings(self, profile: str) -> Settings:
        return load_settings(self.place(profile).folder)

    @property
    def clock(self) -> Clock:
        return _clock(DEMO_SETTINGS.zone)

    def passphrase(self, profile: str) -> str | None:
        given = _secret(KEY_FILE)
        return DEMO_PASSPHRASE if given is None and profile == DEMO else given

    def pin(self, profile: str) -> str:
        given = _secret(PIN_FILE)
        if given is None and profile == DEMO:
            return DEMO_PIN
        if given is None:
            raise RightsError(NO_PIN)
        return given

    def token(self) -> str | None:
        return _secret(TOKEN_FILE)

    @contextmanager
    def write(self, profile: str) -> Iterator[House]:
        place = self.place(profile)
        place.make()
        if not place.settings.exists() and not place.holds_data():
            write_settings(place.folder, SAMPLE_SETTINGS)
        log.start(place.logs)
        settings = self.settings(profile)
        if settings.sample and profile != DEMO:
            Console(as_json=AS_JSON in sys.argv).progress(STILL_SAMPLE)
        clock = _clock(settings.zone)
        passphrase = self.passphrase(profile)
        with open_memory(place, settings.source_uri, passphrase=passphrase, program=PROGRAM, now=clock()) as memory:
            house = _house(place, memory, settings, clock)
            run_clocks(house.counter)
            if memory.spool(clock).waiting(limit=1):  # papers of a window that was killed
                _render_what_waits(house)
            yield house

    @contextmanager
    def read(self, profile: str) -> Iterator[House]:
        place, settings = self.place(profile), self.settings(profile)
        with read_memory(place, passphrase=self.passphrase(profile), zone=settings.zone) as memory:
            yield _house(place, memory, settings, _clock(settings.zone))

    @contextmanager
    def wires(self, profile: str) -> Iterator[Wires]:
        with self.write(profile) as house:
            counter = house.counter
            if counter.settings.sample:
                _refuse_sample(_platform_asked() or counter.settings.hub_url)
            outbox = counter.memory.outbox()
            yield Wires(outbox, StoredInbox(counter), counter.clock, counter.settings.hub_url, outbox.hurry)

    @contextmanager
    def readers(self, ports: Sequence[str]) -> Iterator[Sequence[IdCardReader]]:
        from devices.idcard.sam import SamReader  # noqa: PLC0415 - pyserial loads late

        with ExitStack() as stack:
            yield [stack.enter_context(closing(SamReader(port, clock=self.clock))) for port in ports]

    @contextmanager
    def syncing(self, house: House, hub_url: str) -> Iterator["Syncing"]:
        from sync.loop import Loop  # noqa: PLC0415 - requests loads late
        from sync.platform import HttpPlatform  # noqa: PLC0415 - same

        counter = house.counter
        outbox = counter.memory.outbox()
        with closing(HttpPlatform(hub_url, token=self.token(), clock=counter.clock)) as platform:
            loop = Loop(
                outbox,
                StoredInbox(counter),
                platform,
                counter.clock,
                heard=lambda _report: counter.memory.database.checkpoint_if_idle(),
            )
            loop.start()
            try:
                yield Syncing(loop.wake, loop.link_up, outbox)
            finally:
                loop.stop()

    def sample_pages(self) -> Path:
        return Path(str(resources.files("resources") / "samples" / "pages"))

    def checks(self, profile: str) -> Mapping[str, Callable[[], Check]]:
        return {
            "store": lambda: self._check_store(profile),
            "settings": lambda: check_settings(self.settings(profile), sample_is_well=profile == DEMO),
            "keyring": lambda: check_keyring(self.passphrase(profile)),
            "devices": lambda: check_reader(self.settings(profile)),
            "printer": check_printer,
            "hub": lambda: _check_hub(self.settings(profile), self.token()),
            "clock": lambda: _check_clock(self.settings(profile), self.token()),
            "time_zone": lambda: check_zone(self.settings(profile)),
            "disk": lambda: check_disk(self.place(profile)),
        }

    def _check_store(self, profile: str) -> Check:
        from client.store import audit  # noqa: PLC0415 - only the doctor goes through the chain

        with self.read(profile) as house, house.counter.memory.read() as connection:
            broken = audit.verify(connection)
        problems = house.counter.memory.database.problems() if broken is None else []
        ok = broken is None and not problems
        return Check(ok=ok, detail=str(house.profile.folder), advice="" if ok else tr("请停止受理并联系系统管理员"))


@dataclass(frozen=True)
class Syncing:
    """The sync loop at work, and a way to wait for it."""

    wake: Callable[[], None]
    link_up: Callable[[], None]
    outbox: StoredOutbox

    def settle(self, patience: float) -> bool:
        """Try until nothing waits, at most `patience` seconds; True when all is settled."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            counts = self.outbox.counts()
            if not counts.waiting + counts.unknown:
                return True
            self.outbox.hurry()
            self.link_up()
            time.sleep(SETTLING_STEP)
        return False


def _house(place: Profile, memory: Memory, settings: Settings, clock: Clock) -> House:
    counter = Counter(
        memory=memory,
        catalogue=load_catalogue(),
        regimes=load_regimes(),
        calendar=load_calendar(),
        settings=settings,
        clock=clock,
        inspect=_inspect,
        folding=load_folding(),
    )
    press = cache(_press)  # its fonts are read once in a house, and only where a paper is drawn
    return House(place, counter, Roster(memory, clock), lambda: _render(memory.spool(clock), press()))


def _inspect(content: bytes, name: str) -> PageFacts:
    from devices.pages.inspect import inspect_page  # noqa: PLC0415 - Pillow and pypdf load late

    return inspect_page(content, name)


def _press() -> PaperPress:
    from printing.press import A4Press  # noqa: PLC0415 - reportlab loads late

    return A4Press()


def _render(spool: Spool, press: PaperPress) -> None:
    from printing.spool import render_waiting  # noqa: PLC0415 - see _press

    render_waiting(spool, press)


def _render_what_waits(house: House) -> None:
    try:
        house.render_waiting()
    except Exception:  # noqa: BLE001 - a page that cannot be drawn must not keep the window shut; it goes on waiting
        structlog.get_logger(__name__).exception("waiting papers not rendered")


def _clock(zone: ZoneInfo) -> Clock:
    return lambda: datetime.now(zone)


def _data_folder() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - most commands name their profile

    return user_data_path(PROGRAM, appauthor=False)


def _secret(variable: str) -> str | None:
    """What is in the file a variable names; None when it names none. Raises StoreError."""
    path = os.environ.get(variable)
    return secret_in(Path(path), variable) if path else None


def _log_to_stderr() -> None:
    """Warnings of commands without a log of their own; stdout is for results alone."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            log.tell_exceptions,
            log.hide_identifiers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _platform_asked() -> str | None:
    """The platform named on the command line: what a profile may be joined to is not the sync room's to know."""
    words = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    words.add_argument("--hub")
    asked: str | None = words.parse_known_args()[0].hub
    return asked


def _refuse_sample(hub_url: str | None) -> None:
    """Raise PlatformError when a sample hall is to send to a platform that is not on this very machine."""
    from sync.transport import is_loopback  # noqa: PLC0415 - requests loads late

    if hub_url is not None and not is_loopback(urlsplit(hub_url).hostname or ""):
        raise PlatformError(SAMPLE_HALL, url=hub_url)


def _note_bug() -> Path:
    """Write the traceback where the person is told to look, whichever profile it was; returns that folder."""
    folder = _data_folder() / "logs"
    with suppress(OSError):  # no room for a log: then the sentence alone must do
        log.start(folder)
        structlog.get_logger(__name__).exception("command broke off")
    return folder


def _check_hub(settings: Settings, token: str | None) -> Check:
    if settings.hub_url is None:
        return Check(ok=True, detail=tr("没有设置平台地址，窗口单机工作"))
    _ask_hub(settings.hub_url, token)
    return Check(ok=True, detail=settings.hub_url)


def _check_clock(settings: Settings, token: str | None) -> Check:
    now = _clock(settings.zone)().isoformat(timespec="seconds")
    if settings.hub_url is None:
        return Check(ok=True, detail=now)
    try:
        drift = _ask_hub(settings.hub_url, token)
    except PlatformError:  # that is told under `hub`
        return Check(ok=True, detail=now + tr("，连不上平台，未核对"))
    ok = abs(drift) < DRIFT
    return Check(ok=ok, detail=tr("与平台相差") + f" {drift}", advice="" if ok else tr("请系统管理员校准本机时钟"))


def _ask_hub(url: str, token: str | None) -> timedelta:
    from sync.platform import HttpPlatform  # noqa: PLC0415 - requests loads late

    platform = HttpPlatform(url, token=token)
    try:
        platform.changes("")
        return platform.drift or timedelta()
    finally:
        platform.close()


if __name__ == "__main__":
    main()
