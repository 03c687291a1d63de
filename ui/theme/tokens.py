"""The tokens of the look (resources/theme/tokens.toml): every colour and size once, by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #RRGGBB, sizes in device-independent pixels."""

    colours: Mapping[str, str]
    sizes: Mapping[str, int]

    def colour(self, name: str) -> str:
        return self.colours[name]


def load_tokens(theme: Theme = Theme.LIGHT, *, large: bool = False) -> Tokens:
    found = tomllib.loads((resources.files("resources") / "theme" / "tokens.toml").read_text(encoding="utf-8"))
    return Tokens(found["colour"][theme.value], found["size"]["large" if large else "normal"])
