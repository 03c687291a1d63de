"""The devices of a window, for whoever sets it up or looks after it: what is there, how it stands, and one test."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from client.config import NO_SETTINGS, Settings
from client.console import Console
from client.desk.device_tally import Tally
from client.desk.device_words import counted_words
from client.desk.devices import Devices, addresses, fit_out
from client.device_file import load_device_file
from client.errors import DeviceError, DeviceState, Fault, StoreError
from client.house import Door
from client.options import Json, Profile
from client.places import DEFAULT_PROFILE
from client.ports.devices import DEVICE_SETTINGS, Fitted, Record, Tried
from client.ports.readiness import DEVICE_WORDS, Condition, Device, Readiness
from client.text import bracketed, sentences, tr

app = typer.Typer()

NOT_SET_UP = Fault("DEV-240", tr("没有设置{device}"), tr("请在“设置”页登记，或在设备文件 devices.toml 中写明地址"))
SHAPES = {Condition.READY: "●", Condition.ATTENTION: "■", Condition.FAILED: "▲", Condition.UNSET: "○"}


@app.command()
def devices(
    ctx: typer.Context,
    *,
    test: Annotated[Device | None, typer.Option("--test", metavar="ID", help=f"Try one: {', '.join(Device)}.")] = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
) -> None:
    """Tell of every device of the window.

    What was found, how it is spoken to, when it last worked, how often it did, how it stands and what to do. With
    --test ID that device alone, after it read a card, scanned a page or printed a test page; exit status 1 where it
    could not.
    """
    door: Door = ctx.obj
    console = Console(as_json=as_json)
    failed: DeviceError | None = None
    with ExitStack() as stack:
        fitted = _fitted_out(door, profile, console, stack)
        chosen = [each for each in fitted.fitted if test in {None, each.device}]
        rows = [_row(each, fitted.record(each), told) for each, told in zip(chosen, _looked_at(chosen), strict=True)]
        if test is not None:
            try:
                rows[0]["test"] = {"ok": True, "told": _tried(chosen[0]).told}
            except DeviceError as error:
                failed = error
                rows[0]["test"] = {"ok": False, "told": error.title, "code": error.code}
    console.show(rows, [line for row in rows for line in _lines(row)])
    if failed is not None:
        raise failed


def _fitted_out(door: Door, profile: str, console: Console, stack: ExitStack) -> Devices:
    """The window's devices, uncounted; a machine that is no window yet has what IT's device file says."""
    place = door.place(profile)
    shipped = load_device_file(place.folder)
    for sentence in shipped.wrong:
        console.progress(sentence)
    try:
        settings: Settings | None = door.settings(profile)
    except StoreError as error:
        if error.fault is not NO_SETTINGS:
            raise
        settings = None
    said = {**shipped.usual, **shipped.locked}
    at = addresses(settings) if settings else {device: said.get(name) for device, name in DEVICE_SETTINGS.items()}
    fitted = fit_out(at, door.kinds(settings), stack).devices
    return Devices(fitted.fitted, _tally(door, profile, console, stack), shipped.wrong)


def _tally(door: Door, profile: str, console: Console, stack: ExitStack) -> Tally | None:
    """What the window has counted; None, and said why, where it cannot be read: devices can be looked at without."""
    if not door.place(profile).holds_data():
        return None
    try:
        house = stack.enter_context(door.read(profile))
    except StoreError as error:
        console.progress(sentences((error.title, error.advice)))
        return None
    return Tally(house.counter.memory, house.counter.clock)


@dataclass(frozen=True, slots=True)
class _Told:
    """How a device stands, and what else could be set up; `trouble` says why nobody could look for that."""

    readiness: Readiness
    found: Sequence[tuple[str, str]]
    trouble: str


def _looked_at(devices: Sequence[Fitted]) -> Sequence[_Told]:
    """All at once: a search in the network takes seconds."""
    with ThreadPoolExecutor(len(devices)) as pool:
        return list(pool.map(_told, devices))


def _told(device: Fitted) -> _Told:
    readiness = device.look()
    if device.device is Device.CAMERA:  # they are found with the scanners
        return _Told(readiness, (), "")
    try:
        return _Told(readiness, device.found(), "")
    except DeviceError as error:
        return _Told(readiness, (), error.title)


def _tried(device: Fitted) -> Tried:
    if device.test is None:
        raise DeviceError(DeviceState.ABSENT, NOT_SET_UP, device=DEVICE_WORDS[device.device])
    return device.test()


def _row(device: Fitted, record: Record, told: _Told) -> dict[str, object]:
    return {
        "id": device.device.value,
        "name": DEVICE_WORDS[device.device],
        "address": device.address,
        "driver": device.driver.words or None,
        "library": device.driver.library or None,
        "condition": told.readiness.condition.value,
        "words": told.readiness.words,
        "advice": told.readiness.advice,
        "last_good": record.last_good,
        "good": record.good,
        "failed": dict(record.failed),
        "last_failed": record.last_failed,
        "last_code": record.last_code or None,
        "found": [{"address": address, "label": label} for address, label in told.found],
        "found_trouble": told.trouble or None,
    }


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    shape = SHAPES[Condition(row["condition"])]
    yield f"{shape} {row['name']}（{row['id']}） {row['words']}".rstrip()
    if row["advice"]:
        yield f"    {row['advice']}"
    if row["address"]:
        library = bracketed(row["library"] or "")
        yield f"    {row['address']}  {row['driver']}{library}"
        yield "    " + counted_words(row["good"], row["last_good"], row["failed"])
    for each in row["found"]:
        label = each["label"] if each["label"] != each["address"] else ""
        yield "    " + tr("找到 {address}").format(address=each["address"]) + bracketed(label)
    if row["found_trouble"]:
        yield "    " + row["found_trouble"]
    if "test" in row:
        yield f"    {'✓' if row['test']['ok'] else '✗'} {row['test']['told']}"
