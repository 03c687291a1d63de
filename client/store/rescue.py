"""The unsent work of a lost window, out of its copy or a bundle, into a store of its own: all of it or nothing."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection

from client.config import Settings, load_settings, write_settings
from client.errors import StoreError
from client.sealing.bundle import ABOUT, FILES, Part, read_json
from client.sealing.faults import TOO_NEW
from client.sealing.parcel import About, Parcel
from client.store import faults, number_ends
from client.store.backup import move_in, scratch_folder
from client.store.opening import open_memory
from client.store.parcels import require_known, unpack
from client.store.profile import Profile
from client.store.sealed import SealedFile, SealedFiles

WRITERS = 8  # files on their way to the disk at once
AHEAD = 4  # cases read before the first of them is written: what memory holds


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was found, by count; `source` is the lost window's, under which its events go on."""

    source: str
    cases: int
    events: int
    files: int


def rescue(
    parts: Iterable[Part],
    profile: Profile,
    rescued: Callable[[Connection, Settings, Rescued], None],
    *,
    passphrase: str | None,
    program: str,
    now: datetime,
) -> Rescued:
    """Put the cases in `parts` into the empty `profile`, with the same ids, numbers, papers and events.

    A profile without settings gets the lost window's. How far that one's numbers had come is on the books when
    `rescued` is called with the settings, in the transaction that writes the cases, so that none is given a second
    time. `parts` begin with whose they are. Raises StoreError:
    profile not empty or busy, the parts' own, full, disk.
    """
    with profile.lock(program, now):
        if profile.holds_data():
            raise StoreError(faults.PROFILE_NOT_EMPTY)
        with scratch_folder(profile.folder) as scratch:
            staged = Profile(scratch)
            remaining = iter(parts)
            about: About = read_json(About, next(remaining)[1], ABOUT)
            require_known(about, ABOUT)
            settings = _settings(profile, staged, about)
            with (
                open_memory(
                    staged,
                    settings.source_uri,
                    passphrase=passphrase,
                    program=program,
                    now=now.astimezone(settings.zone),
                ) as memory,
                memory.begin() as connection,
            ):
                found = _put(connection, memory.files, remaining, about.source)
                same_window = about.source.startswith(f"{settings.source_uri}:")
                number_ends.enter(connection, about.rows, blocks=same_window)
                rescued(connection, settings, found)
            move_in(staged, profile)
    return found


def _settings(profile: Profile, staged: Profile, about: About) -> Settings:
    """Those of the profile where it has its own; or else the lost window's, which it then gets with the cases."""
    if profile.settings.exists():
        return load_settings(profile.folder)
    try:
        settings = Settings.model_validate(about.settings)
    except ValidationError:
        raise StoreError(TOO_NEW, file=ABOUT) from None
    write_settings(staged.folder, settings)
    return settings


def _put(connection: Connection, files: SealedFiles, parts: Iterable[Part], source: str) -> Rescued:
    """Seal away the files, several at once, and write each case behind its own: the disk is what takes the time."""
    placed: dict[str, Future[SealedFile]] = {}
    waiting: deque[Parcel] = deque()
    cases = events = 0
    with ThreadPoolExecutor(WRITERS) as writers:
        for name, content in parts:
            if name.startswith(FILES):
                placed[name.removeprefix(FILES)] = writers.submit(files.put, content)
                continue
            parcel: Parcel = read_json(Parcel, content, name)
            waiting.append(parcel)
            cases += 1
            events += sum(event.is_owed for event in parcel.events)
            if len(waiting) > AHEAD:
                _write(connection, waiting.popleft(), placed)
        for parcel in waiting:
            _write(connection, parcel, placed)
    return Rescued(source, cases, events, len(placed))


def _write(connection: Connection, parcel: Parcel, placed: Mapping[str, Future[SealedFile]]) -> None:
    renamed = {name: placed[name].result().name for name in parcel.sealed_names() if name in placed}
    unpack(connection, parcel, renamed)
