"""Turns an order into the options of one device: every backend names and limits them in its own way."""

from collections.abc import Iterable, Mapping

from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.scanner.faults import Trouble
from devices.scanner.sane import Device, Kind, Option, SaneError, Unit

A4_WIDTH, A4_HEIGHT = 210.0, 297.0  # mm (ISO 216)
MM_PER_INCH = 25.4

# Pieces of the words backends use, in lower case, the best first.
_SOURCES: Mapping[ScanSource, tuple[str, ...]] = {
    ScanSource.FLATBED: ("flatbed", "platen", "document table", "normal", "fb"),
    ScanSource.FEEDER: ("adf front", "adf simplex", "automatic document feeder", "adf", "feeder"),
}
_MODES: Mapping[ScanMode, tuple[str, ...]] = {
    ScanMode.COLOUR: ("color", "colour", "rgb", "gray", "grey"),
    ScanMode.GREY: ("gray", "grey", "color", "colour"),
}
_UNWANTED = ("duplex", "back", "transparen", "negative", "film", "lineart", "infrared")
_AREA: Mapping[str, float] = {  # page size first: where a feeder has it, the area lies within
    "page-width": A4_WIDTH,
    "page-height": A4_HEIGHT,
    "tl-x": 0.0,
    "tl-y": 0.0,
    "br-x": A4_WIDTH,
    "br-y": A4_HEIGHT,
}
_TRUE, _FALSE = {"yes", "true", "on", "1"}, {"no", "false", "off", "0"}
_DEPTH = 8
_WORD = 4  # bytes of a number; an option of more is a table


class OrderError(Exception):
    """The device cannot do what is asked. `option` names the setting that is wrong, where it is one."""

    def __init__(self, trouble: Trouble, option: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.option = option


def set_up(device: Device, order: ScanOrder, extras: Mapping[str, str]) -> int:
    """Set source, mode, resolution and `extras`, then A4 or what the device has of it; returns the real resolution.

    Options a device lacks are left out; a feeder it lacks is an OrderError, and so is an extra it does not take.
    """
    _choose_source(device, order.source)
    _choose(device, "mode", _MODES[order.mode])
    _set_number(device, "depth", _DEPTH)
    for name in ("resolution", "x-resolution", "y-resolution"):
        _set_number(device, name, order.dpi)
    for name, text in extras.items():
        _set_extra(device, name, text)
    dpi = _resolution(device, order.dpi)
    for name, millimetres in _AREA.items():
        _set_number(device, name, millimetres, dpi)
    return dpi


def best_choice(choices: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The choice that has the first of the `wanted` words it can have, in any case; the shortest of several."""
    usable = [each for each in choices if not any(word in each.lower() for word in _UNWANTED)]
    for word in wanted:
        if found := [each for each in usable if word in each.lower()]:
            return min(found, key=len)
    return None


def nearest(option: Option, wanted: float) -> float:
    """The value nearest to `wanted` that the option may have."""
    if option.words:
        return min(option.words, key=lambda word: abs(word - wanted))
    if option.bounds is None:
        return wanted
    least, most, step = option.bounds
    value = min(max(wanted, least), most)
    stepped = least + round((value - least) / step) * step if step else value
    return stepped if stepped <= most else stepped - step


def _choose_source(device: Device, source: ScanSource) -> None:
    """A device that has no such option is a flatbed; one whose only choices are feeders has no glass."""
    option = device.options().get("source")
    if option is None or not option.is_settable or not option.choices:
        if source is ScanSource.FEEDER:
            raise OrderError(Trouble.NO_FEEDER)
        return
    choice = best_choice(option.choices, _SOURCES[source])
    if choice is None:
        raise OrderError(Trouble.NO_FEEDER if source is ScanSource.FEEDER else Trouble.NO_FLATBED)
    device.set(option, choice)


def _choose(device: Device, name: str, wanted: Iterable[str]) -> None:
    option = device.options().get(name)
    choice = best_choice(option.choices, wanted) if option and option.is_settable else None
    if option is not None and choice is not None:
        device.set(option, choice)


def _set_number(device: Device, name: str, wanted: float, dpi: int = 0) -> None:
    """Set a number; lengths are given in mm, and a device that reckons in pixels gets them at `dpi`."""
    option = device.options().get(name)
    if option is None or not option.is_settable or option.size != _WORD:
        return
    in_its_unit = wanted * dpi / MM_PER_INCH if option.unit is Unit.PIXEL else wanted
    device.set(option, nearest(option, in_its_unit))


def _resolution(device: Device, asked: int) -> int:
    options = device.options()
    for name in ("resolution", "x-resolution"):
        option = options.get(name)
        if option is not None and option.size == _WORD:
            return round(device.number(option)) or asked
    return asked


def _set_extra(device: Device, name: str, text: str) -> None:
    option = device.options().get(name)
    if option is None or not option.is_settable:
        raise OrderError(Trouble.WRONG_OPTION, name)
    try:
        device.set(option, _value(option, text))
    except (SaneError, ValueError) as error:
        raise OrderError(Trouble.WRONG_OPTION, name) from error


def _value(option: Option, text: str) -> float | str:
    """`text` as the option's kind wants it. Raises ValueError."""
    if option.kind is Kind.STRING:
        named = {each.lower(): each for each in option.choices}
        return named.get(text.lower(), text)
    if option.kind is Kind.BOOL and text.lower() in _TRUE | _FALSE:
        return float(text.lower() in _TRUE)
    if option.kind in {Kind.INT, Kind.FIXED} and option.size == _WORD:
        return float(text)
    raise ValueError(text)
