"""What is unsent as one sealed file to be carried to the platform, and the answers that are carried back."""

import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from client.config import Settings
from client.errors import StoreError
from client.ports.devices import DEVICE_SETTINGS
from client.sealing import answers, bundle
from client.sealing.bundle import ABOUT, Part, case_name, file_name
from client.sealing.parcel import About
from client.sealing.public import PublicKey
from client.store import faults, migrations, number_ends
from client.store.durable import disk_errors, whole_file
from client.store.keys import Purpose, StoreKey
from client.store.memory import Memory
from client.store.parcels import Unsent, pack, unsent
from client.text import tr

_OF_THIS_MACHINE = {"second_copy", "driver_python", "photo_library", *DEVICE_SETTINGS.values()}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a bundle holds, by count; its size in bytes."""

    cases: int
    events: int
    files: int
    size: int


def recipients(settings: Settings, *, both: bool) -> list[PublicKey]:
    """Who may open what leaves the window: the platform, and the hall where it has a key (`both`: it must).

    Raises StoreError where a key is owed or was copied wrongly.
    """
    named = {tr("平台公钥（hub_key）"): settings.hub_key, tr("大厅恢复公钥（recovery_key）"): settings.recovery_key}
    owed = [name for name, words in named.items() if words is None]
    if owed and (both or settings.hub_key is None):
        raise StoreError(faults.KEYS_OWED, what=owed[0])
    return [PublicKey.parse(words, name) for name, words in named.items() if words is not None]


def about_window(memory: Memory, settings: Settings) -> About:
    """Whose cases they are: what the hall decided about the window, without what only this machine has; its numbers."""
    told = settings.model_dump(mode="json", exclude_none=True, exclude=_OF_THIS_MACHINE)
    with memory.read() as connection:
        rows = number_ends.ends(connection, settings)
    return About(source=memory.source, settings=told, revision=migrations.HEAD, rows=rows)


def export(memory: Memory, settings: Settings, target: Path) -> Carried:
    """Write everything unsent into the new file `target`, whole and read back by nobody else, or not at all.

    Beside a window at work: what comes in meanwhile is left for the next one. Raises StoreError: target exists,
    nothing unsent, key owed, full, disk, a file missing or damaged.
    """
    if target.exists():
        raise StoreError(faults.EXPORT_EXISTS, file=target.name)
    keys = recipients(settings, both=False)
    with memory.read() as connection:
        owed = unsent(connection)
    if not owed:
        raise StoreError(faults.NOTHING_UNSENT)
    number = secrets.token_hex(16)
    about = about_window(memory, settings).model_copy(
        update={"bundle": number, "answer_key": _answer_key(memory.key, number).hex()}
    )
    with whole_file(target) as file:
        manifest = bundle.write(file, keys, _parts(memory, about, owed))
    files = sum(name.startswith(bundle.FILES) for name in manifest.parts)
    events = sum(len(case.sequences) for case in owed)
    return Carried(len(owed), events, files, target.stat().st_size)


def take_answers(memory: Memory, file: Path, now: datetime) -> int:
    """Store the platform's answers to a bundle of this window; returns how many. Raises StoreError for any others."""
    with disk_errors(file.name):
        content = file.read_bytes()
    number = answers.bundle_answered(content, file.name)
    found = answers.open_answers(content, _answer_key(memory.key, number), file.name)
    memory.outbox().answered(found, now)
    return len(found)


def _parts(memory: Memory, about: About, owed: Sequence[Unsent]) -> Iterator[Part]:
    yield ABOUT, about.model_dump_json().encode()
    given: set[str] = set()
    for case in owed:
        with memory.read() as connection:
            parcel = pack(connection, case)
        for name in parcel.sealed_names():
            if name not in given:
                given.add(name)
                yield file_name(name), memory.files.get(name)
        yield case_name(case.case_key), parcel.model_dump_json().encode()


def _answer_key(key: StoreKey, number: str) -> bytes:
    return hmac.digest(key.subkey(Purpose.ANSWERS), bytes.fromhex(number), "sha256")
