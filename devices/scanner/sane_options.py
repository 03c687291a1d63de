"""Turns an order into the options of one device: every backend names and limits them in its own way."""

from collections.abc import Iterable, Mapping

from client.ports.scanner import Paper, ScanMode, ScanOrder, ScanSource
from devices.scanner.faults import Trouble
from devices.scanner.sane import Device, Kind, Option, SaneError, Unit

MM_PER_INCH = 25.4

# Pieces of the words backends use, in lower case, the best first.
_SOURCES: Mapping[ScanSource, tuple[str, ...]] = {
    ScanSource.FLATBED: ("flatbed", "platen", "document table", "normal", "fb"),
    ScanSource.FEEDER: ("adf front", "adf simplex", "automatic document feeder", "adf", "feeder"),
    ScanSource.FEEDER_DUPLEX: ("adf duplex", "duplex", "both sides"),
}
_MODES: Mapping[ScanMode, tuple[str, ...]] = {
    ScanMode.COLOUR: ("color", "colour", "rgb", "gray", "grey"),
    ScanMode.GREY: ("gray", "grey", "color", "colour"),
    ScanMode.BILEVEL: ("lineart", "black & white", "binary", "mono", "gray", "grey", "color", "colour"),
}
_NEVER = ("back", "transparen", "negative", "film", "infrared", "color lineart", "colour lineart")
_UNWANTED: Mapping[ScanSource | ScanMode, tuple[str, ...]] = {  # besides those; where nothing is said, all of these
    ScanSource.FEEDER_DUPLEX: ("lineart",),
    ScanMode.BILEVEL: ("duplex",),
}
_USUALLY_UNWANTED = ("duplex", "lineart")
_SIDES: Mapping[str, tuple[str, str]] = {"adf-mode": ("Simplex", "Duplex"), "duplex": ("no", "yes")}
"""Where both sides are no source but an option beside it (epson2, hpaio): one side, both."""
_AREA = ("page-width", "page-height", "tl-x", "tl-y", "br-x", "br-y")
"""Page size first: where a feeder has it, the area lies within."""
_WHOLE = 10_000.0  # mm, more than any: a device takes the most it has
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
    """Set source, mode, resolution and `extras`, then the paper or what it has of it; returns the real resolution.

    Options a device lacks are left out; a feeder it lacks is an OrderError, and so is an extra it does not take.
    """
    _choose_source(device, order.source)
    _choose(device, "mode", order.mode)
    _set_number(device, "depth", _DEPTH)
    for name in ("resolution", "x-resolution", "y-resolution"):
        _set_number(device, name, order.dpi)
    for name, text in extras.items():
        _set_extra(device, name, text)
    dpi = _resolution(device, order.dpi)
    _set_area(device, order.paper, dpi)
    return dpi


def best_choice(choices: Iterable[str], what: ScanSource | ScanMode) -> str | None:
    """The choice that has the first of the words for it, in any case; the shortest of several."""
    unwanted = (*_NEVER, *_UNWANTED.get(what, _USUALLY_UNWANTED))
    usable = [each for each in choices if not any(word in each.lower() for word in unwanted)]
    for word in _SOURCES[what] if isinstance(what, ScanSource) else _MODES[what]:
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
        if source.is_feeder:
            raise OrderError(Trouble.NO_FEEDER)
        return
    choice = best_choice(option.choices, source)
    is_beside = choice is None and source is ScanSource.FEEDER_DUPLEX
    if is_beside:
        choice = best_choice(option.choices, ScanSource.FEEDER)
    if choice is None:
        raise OrderError(Trouble.NO_FEEDER if source.is_feeder else Trouble.NO_FLATBED)
    device.set(option, choice)
    if not _choose_sides(device, both=source is ScanSource.FEEDER_DUPLEX) and is_beside:
        raise OrderError(Trouble.NO_DUPLEX)


def _choose_sides(device: Device, *, both: bool) -> bool:
    """Whether an option beside the source says how many sides; a device remembers it from the order before."""
    options = device.options()
    for name, words in _SIDES.items():
        option = options.get(name)
        if option is not None and option.is_settable:
            device.set(option, _value(option, words[both]))
            return True
    return False


def _set_area(device: Device, paper: Paper, dpi: int) -> None:
    """The paper from the corner, as far as the device reaches."""
    width, height = paper.size or (_WHOLE, _WHOLE)
    for name in _AREA:
        if name.startswith("tl-"):
            _set_number(device, name, 0.0, dpi)
        else:
            _set_number(device, name, width if name in {"page-width", "br-x"} else height, dpi)


def _choose(device: Device, name: str, what: ScanMode) -> None:
    option = device.options().get(name)
    choice = best_choice(option.choices, what) if option and option.is_settable else None
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
