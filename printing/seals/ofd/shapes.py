"""Numbers as an OFD writes them: boxes, matrices, colours, steps between letters, paths. Else it is ValueError."""

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FARTHEST = 1e6  # millimetres: no page is as large
MOST_STEPS: Final = 100_000
_RGB, _CMYK = 3, 4
_TOKEN: Final = re.compile(r"[A-Za-z]|[-+.0-9][-+.0-9eE]*")
_TAKES: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # GB/T 33190-2016, table 36


def number(told: str) -> float:
    value = float(told)
    if not math.isfinite(value) or abs(value) > _FARTHEST:
        raise ValueError(told[:20])
    return value


def numbers(told: str, count: int) -> list[float]:
    found = [number(each) for each in told.split()]
    if len(found) != count:
        raise ValueError(told[:20])
    return found


def box(told: str) -> tuple[float, float, float, float]:
    """Left, top, width and height (ST_Box)."""
    left, top, width, height = numbers(told, 4)
    return left, top, width, height


def matrix(told: str) -> Matrix:
    """A CTM; none is the one that changes nothing."""
    if not told.strip():
        return SAME
    a, b, c, d, e, f = numbers(told, 6)
    return a, b, c, d, e, f


def colour(told: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1: of a grey, of RGB or of CMYK, each told from 0 to 255 or as #hex."""
    values = [int(each[1:], 16) if each.startswith("#") else number(each) for each in told.split()]
    shares = [min(max(value / 255, 0.0), 1.0) for value in values]
    if len(shares) == 1:
        return shares[0], shares[0], shares[0]
    if len(shares) == _CMYK:
        cyan, magenta, yellow, black = shares
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    if len(shares) != _RGB:
        raise ValueError(told[:20])
    return shares[0], shares[1], shares[2]


def steps(told: str) -> list[float]:
    """How far each letter stands from the one before: `g 3 2.5` is 2.5 three times (clause 11.3)."""
    words, found = iter(told.split()), list[float]()
    for word in words:
        if word == "g":
            count = int(next(words, ""))
            if not 0 <= count <= MOST_STEPS:
                raise ValueError(told[:20])
            found += [number(next(words, ""))] * count
        else:
            found.append(number(word))
        if len(found) > MOST_STEPS:
            raise ValueError(told[:20])
    return found


def path(told: str) -> Iterator[str]:
    """AbbreviatedData as operators of PDF. What is drawn before anything stands is begun at the origin."""
    tokens = (found[0] for found in _TOKEN.finditer(told))
    here, begun = (0.0, 0.0), False
    for name in tokens:
        takes = _TAKES.get(name, -1)
        if takes < 0:
            raise ValueError(name)
        values = [number(each) for each in islice(tokens, takes)]
        if len(values) != takes:
            raise ValueError(name)
        if not begun and name not in {"S", "M"}:
            yield _line(here, "m")
        begun = True
        yield from _operators(name, values, here)
        here = (values[-2], values[-1]) if values else here


def _operators(name: str, values: list[float], here: Point) -> Iterator[str]:
    match name:
        case "C":
            yield "h"
        case "S" | "M":
            yield _line(values, "m")
        case "L":
            yield _line(values, "l")
        case "B":
            yield _line(values, "c")
        case "Q":
            x, y, to_x, to_y = values
            first = (here[0] + 2 * (x - here[0]) / 3, here[1] + 2 * (y - here[1]) / 3)
            yield _line((*first, to_x + 2 * (x - to_x) / 3, to_y + 2 * (y - to_y) / 3, to_x, to_y), "c")
        case _:
            yield from _arc(here, values)


def _line(values: tuple[float, ...] | list[float], operator: str) -> str:
    if not all(map(math.isfinite, values)):  # an ellipse of next to nothing
        raise ValueError(operator)
    return " ".join((*(f"{value:.4f}" for value in values), operator))


def _arc(here: Point, values: list[float]) -> Iterator[str]:
    """An elliptical arc as curves, by the centre that its ends have (as in SVG 1.1, appendix F.6.5)."""
    across, down, turned, large, sweep, to_x, to_y = values
    across, down = abs(across), abs(down)
    if not across or not down or here == (to_x, to_y):
        yield _line((to_x, to_y), "l")
        return
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    half_x, half_y = (here[0] - to_x) / 2, (here[1] - to_y) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    size = max(1.0, math.hypot(x / across, y / down))
    across, down = across * size, down * size
    apart = (x / across) ** 2 + (y / down) ** 2
    away = math.sqrt(max(0.0, 1 / apart - 1)) * (-1 if bool(large) == bool(sweep) else 1)
    middle_x, middle_y = away * across * y / down, -away * down * x / across
    begin = math.atan2((y - middle_y) / down, (x - middle_x) / across)
    turn = math.atan2((-y - middle_y) / down, (-x - middle_x) / across) - begin
    turn += 2 * math.pi * ((turn < 0) if sweep else -(turn > 0))
    centre = (
        cos * middle_x - sin * middle_y + (here[0] + to_x) / 2,
        sin * middle_x + cos * middle_y + (here[1] + to_y) / 2,
    )
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    bow = 4 / 3 * math.tan(turn / pieces / 4)

    def at(x: float, y: float) -> Point:
        return centre[0] + cos * across * x - sin * down * y, centre[1] + sin * across * x + cos * down * y

    for piece in range(pieces):
        one, two = begin + turn * piece / pieces, begin + turn * (piece + 1) / pieces
        first = at(math.cos(one) - bow * math.sin(one), math.sin(one) + bow * math.cos(one))
        second = at(math.cos(two) + bow * math.sin(two), math.sin(two) - bow * math.cos(two))
        yield _line((*first, *second, *at(math.cos(two), math.sin(two))), "c")
