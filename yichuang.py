"""The front door: opens the house, introduces its rooms to one another, and mounts their commands.

Everything is imported where it is needed: a command pays for its own room, the window's first paint for no other.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

from client.console import Console
from client.errors import CaseError, DeskError, StoreError
from client.glance import Glance, glance
from client.language import settle
from client.places import DEMO_PROFILE, PROGRAM, data_folder, profile_folder, template_places, trust_folders
from client.rooms import ROOMS

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from client.config import Settings
    from client.house import Check, House
    from client.ports.agreement import Comparison
    from client.ports.clock import Clock
    from client.ports.devices import Kinds
    from client.ports.sheets import WindowSheet
    from client.ports.statements import Prover
    from client.ports.wires import Wires
    from client.sealing.public import PublicKey
    from client.store.memory import Memory
    from client.store.profile import Profile
    from printing.templates.shelf import Shelf
    from sync.courier import Courier
    from ui.door import Trials
    from ui.seat import Hands

AS_JSON = "--json"


def program(command: str | None = None) -> "typer.Typer":
    """The command line: with the room of `command` alone, or with all rooms."""
    import typer

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
        from client import log

        if show_version:
            from importlib.metadata import version

            Console(as_json=False).show(None, [version("yichuang")])
        elif ctx.invoked_subcommand is None:
            Console(as_json=False).show(None, [ctx.get_help()])
        log.to_stderr()
        ctx.obj = FrontDoor()

    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(front)
    for room in [name for name, its in ROOMS.items() if command in its] or ROOMS:
        mounted: typer.Typer = import_module(room).app
        app.registered_commands += mounted.registered_commands
        app.registered_groups += mounted.registered_groups
    return app


def main() -> None:
    """Run one command: exit status 0 done, 1 failed, 2 usage; a failure is one line on stderr."""
    console = Console(as_json=AS_JSON in sys.argv)
    try:
        sys.exit(_run(sys.argv[1:]))
    except DeskError as error:
        console.fail(error)
        sys.exit(1)
    except Exception as error:
        if "typer" in sys.modules and isinstance(error, sys.modules["typer"].TyperException):
            from client.commands.usage import in_words
            from client.doorway import USAGE

            console.fail(CaseError(USAGE, reason=in_words(error.format_message())))
            sys.exit(2)
        from client import log
        from client.doorway import BUG

        console.fail(StoreError(BUG, log=log.note_breakdown(data_folder() / "logs")))
        if os.environ.get("YICHUANG_DEBUG"):
            raise
        sys.exit(1)
    finally:
        if "client.log" in sys.modules:
            sys.modules["client.log"].stop()


def _run(words: Sequence[str]) -> int:
    """The exit status of a command; the window's is read here, where it is asked for in plain words."""
    settle(words)  # first: a sentence is said as its module is imported
    if words[:1] == ["run"]:
        from ui.start import asked_plainly, start

        if (asked := asked_plainly(words[1:])) is not None:
            return start(FrontDoor(), asked)
    status: int = program(next((word for word in words if not word.startswith("-")), None))(standalone_mode=False)
    return status


@dataclass(frozen=True)
class FrontDoor:
    """What every command is handed: profiles to open, and the hands it may ask for."""

    def place(self, profile: str) -> "Profile":
        from client.store.profile import Profile

        return Profile(profile_folder(profile))

    def settings(self, profile: str) -> "Settings":
        from client.config import load_settings

        return load_settings(self.place(profile).folder)

    @property
    def clock(self) -> "Clock":
        from client.demo import DEMO_SETTINGS
        from client.ports.clock import clock_of

        return clock_of(DEMO_SETTINGS.zone)

    def passphrase(self, profile: str) -> str | None:
        from client.demo.secrets import passphrase_of

        return passphrase_of(profile)

    def pin(self, profile: str) -> str:
        from client.demo.secrets import pin_of

        return pin_of(profile)

    def token(self) -> str | None:
        from client.demo.secrets import token

        return token()

    @contextmanager
    def write(self, profile: str) -> Iterator["House"]:
        """The profile for a command that writes; a new one gets the sample hall's settings."""
        from client import log
        from client.config import write_settings
        from client.demo import DEMO_WINDOW_SETTINGS, SAMPLE_SETTINGS

        (place := self.place(profile)).make()
        if not place.settings.exists() and not place.holds_data():
            write_settings(place.folder, DEMO_WINDOW_SETTINGS if profile == DEMO_PROFILE else SAMPLE_SETTINGS)
        settings = self.settings(profile)
        if settings.sample and profile != DEMO_PROFILE:
            from client.doorway import STILL_SAMPLE

            Console(as_json=AS_JSON in sys.argv).progress(STILL_SAMPLE)
        with self.opened(profile, settings) as house:
            if house.counter.memory.spool(house.counter.clock).waiting(limit=1):  # papers of a window that was killed
                try:
                    house.render_waiting()
                except Exception:  # a page that cannot be drawn must not keep the window shut; it goes on waiting
                    log.note_bug("waiting papers not rendered")
            yield house

    @contextmanager
    def opened(self, profile: str, settings: "Settings") -> Iterator["House"]:
        """The profile for writing, with these settings; clocks that ran out meanwhile have done their work."""
        from client import log
        from client.desk.clocks import run_clocks
        from client.ports.clock import clock_of
        from client.store.opening import open_memory

        place, clock = self.place(profile), clock_of(settings.zone)
        place.make()
        log.start(place.logs)
        passphrase = self.passphrase(profile)
        with open_memory(place, settings.source_uri, passphrase=passphrase, program=PROGRAM, now=clock()) as memory:
            run_clocks((house := _house(place, memory, settings, clock)).counter)
            yield house

    @contextmanager
    def read(self, profile: str) -> Iterator["House"]:
        from client.ports.clock import clock_of
        from client.store.opening import read_memory

        place, settings = self.place(profile), self.settings(profile)
        with read_memory(place, passphrase=self.passphrase(profile), zone=settings.zone) as memory:
            yield _house(place, memory, settings, clock_of(settings.zone))

    def prover(self, profile: str, files: "Sequence[Path]" = ()) -> "Prover":
        from printing.proving import Papers

        return Papers.of_hall(trust_folders(profile), files)

    @contextmanager
    def wires(self, profile: str, hub: str | None) -> Iterator["Wires"]:
        from client.desk.wires import wires
        from sync.transport import keep_sample_home

        with self.write(profile) as house:
            keep_sample_home(hub or house.counter.settings.hub_url, sample=house.counter.settings.sample)
            yield wires(house.counter)

    def compare(self, house: "House", hub: str | None) -> "Comparison | None":
        from client.desk.wires import wires
        from sync.platform import platform_at
        from sync.reconcile import ask
        from sync.transport import keep_sample_home

        settings, lines = house.counter.settings, wires(house.counter)
        if (url := hub or settings.hub_url) is None:
            return None
        keep_sample_home(url, sample=settings.sample)
        with closing(platform_at(url, lines, self.token())) as platform:
            return ask(lines, platform)

    def hub_key(self, profile: str, url: str, *, signing: bool = False) -> "PublicKey":
        from client.house import identity_of
        from sync.platform import ask_key

        with identity_of(self, profile) as identity:
            return ask_key(url, self.token(), identity, signing=signing)

    def templates(self, profile: str) -> "Shelf":
        from printing.templates.shelf import Shelf

        return Shelf(template_places(profile), profile_folder(profile))

    def draw(self, sheet: "WindowSheet") -> bytes:
        from printing.papers.window_sheets import drawn

        return drawn(sheet)

    def window(self, profile: str) -> "ProfileWindow":
        return ProfileWindow(self, profile)

    def checks(self, profile: str) -> Mapping[str, Callable[[], "Check"]]:
        from client.commands import checks
        from printing.papers.glyph_report import whole_fonts
        from sync.platform import ask_drift

        return checks.all_of(self, profile, ask=ask_drift, fonts=whole_fonts)

    def kinds(self, settings: "Settings | None" = None, folder: "Path | None" = None) -> "Kinds":
        """What the rooms of hands offer to the window with these settings; simulated papers go into `folder`."""
        from client.demo import SAMPLE_SETTINGS
        from client.ports.clock import clock_of
        from devices.use import kinds
        from printing.use import kind as printer

        at = settings or SAMPLE_SETTINGS
        return kinds(clock_of(at.zone), at.driver_python, at.photo_library, printer(at.hall_name, at.window_no, folder))


class ProfileWindow:
    """One profile as the face opens it (`ui.door.WindowDoor`): the house, its hands, and the order to close them in."""

    def __init__(self, door: FrontDoor, profile: str) -> None:
        from client.doorway import DEMO_HINT

        self._door, self._profile, self._open = door, profile, ExitStack()
        self._holds = False  # the profile; else another first run may not write over the settings of whoever does
        self.folder = profile_folder(profile).absolute()
        self.name = f"{PROGRAM}-{sha256(os.fsencode(self.folder)).hexdigest()[:16]}"
        self.hint = DEMO_HINT if profile == DEMO_PROFILE else ""

    def looks(self) -> Glance:
        return glance(self.folder)

    def settings(self) -> "Settings":
        from client.demo import DEMO_WINDOW_SETTINGS

        if self._profile == DEMO_PROFILE and not (self.folder / "settings.toml").exists():
            self.write_settings(DEMO_WINDOW_SETTINGS)  # commands beside the window know the hall by them
        return self._door.settings(self._profile)

    def write_settings(self, settings: "Settings") -> None:
        from client.config import write_settings

        with nullcontext() if self._holds else self._door.place(self._profile).lock(PROGRAM, self._door.clock()):
            write_settings(self.folder, settings)

    def open(self) -> tuple["House", "Hands"]:
        settings = self.settings()
        with ExitStack() as stack:
            if self._profile == DEMO_PROFILE:
                from client.demo.embedded import embedded_hub

                settings = stack.enter_context(embedded_hub(self.folder / "hub", settings))
            house = stack.enter_context(self._door.opened(self._profile, settings))
            if self._profile == DEMO_PROFILE:
                from client.demo.people import seat_demo_people

                seat_demo_people(house.roster)
            stack.enter_context(house.tidied())
            hands = _hands(house, self._door, stack)
            self._open, self._holds = stack.pop_all(), True
        return house, hands

    def close(self) -> None:
        self._holds = False
        self._open.close()

    def templates(self) -> "Shelf":
        return self._door.templates(self._profile)

    def trials(self) -> "Trials":
        from client.catalogue import load_catalogue
        from client.commands.checks import check_keyring
        from devices.idcard import use as readers
        from devices.scanner import use as scanners
        from printing import use as printers
        from sync.platform import ask_drift
        from ui.setup.trials import HandTrials

        return HandTrials(
            organs=lambda: load_catalogue().organs(),
            reader_ports=readers.found,
            scanners=scanners.choices,
            printers=printers.choices,
            ask_hub=lambda url: ask_drift(url, self._door.token()),
            read_card=lambda port: readers.read_card(port, self._door.clock),
            scan_page=scanners.scan_one,
            print_page=printers.print_trial,
            kinds=self._door.kinds(),
            key_place=lambda: check_keyring(self._door.passphrase(self._profile)).detail,
        )


def _hands(house: "House", door: FrontDoor, stack: ExitStack) -> "Hands":
    """The hands the settings name, each with its lamp; `stack` gives them back, sending first."""
    from client.commands.checks import look_at_storage
    from client.desk.device_tally import Tally
    from client.desk.devices import addresses, fit_out
    from client.device_file import load_device_file
    from client.ports.readiness import look_of
    from devices.pages.painter import Painter
    from devices.pages.reading_process import reading_process
    from printing.rounds import Rounds
    from ui.seat import Hands

    counter, settings = house.counter, house.counter.settings
    out = house.profile.folder / "printed" if settings.sample else None  # a real hall's papers lie nowhere in the open
    tally, shipped = Tally(counter.memory, counter.clock), load_device_file(house.profile.folder)
    fitted = fit_out(addresses(settings), door.kinds(settings, out), stack, tally, shipped.wrong, settings.printers)
    courier = _courier(house, door.token(), stack)
    look = {**fitted.devices.looks(), "platform": look_of(None) if courier is None else courier.look}
    look["disk"] = look_at_storage(house, stack)
    read = reading_process(stack, wanted=settings.read_pages)
    rounds = Rounds(house.render_waiting, counter.memory.prints(counter.clock), fitted.printers, settings.prints)
    stack.callback(rounds.close)
    look["printer"] = partial(rounds.look, look["printer"])
    hands, beside = (fitted.reader, fitted.scanner, fitted.printer), (fitted.camera, shipped.ways, fitted.keys)
    return Hands(*hands, Painter(), courier, rounds, look, fitted.devices, read, *beside, door.draw)


def _courier(house: "House", token: str | None, stack: ExitStack) -> "Courier | None":
    """Sending at work; None where the window works alone."""
    if (url := (counter := house.counter).settings.hub_url) is None:
        return None
    from client.desk.wires import wires
    from sync.courier import sending
    from sync.transport import keep_sample_home

    keep_sample_home(url, sample=counter.settings.sample)
    idle = counter.memory.database.checkpoint_if_idle
    return stack.enter_context(sending(wires(counter), url, token, lambda _report: idle()))


def _house(at: "Profile", memory: "Memory", settings: "Settings", clock: "Clock") -> "House":
    from client.house import furnished
    from devices.pages.hand import Pages
    from printing.papers.glyph_report import Report
    from printing.rounds import Renderer
    from printing.seals.hand import Seals

    seals = Seals.of_hall(trust_folders(str(at.folder)))
    render = Renderer(lambda: FrontDoor().templates(str(at.folder)))
    return furnished(at, memory, settings, clock, Pages(), Report(), render, seals)


if __name__ == "__main__":
    main()
