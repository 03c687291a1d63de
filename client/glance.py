"""What a window must know of its settings before it shows itself, read without judging them.

Whether they are right is said when the house opens (`client.config`), which takes longer to load than a window may
take to appear.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Glance:
    """How the window looks and speaks, and the hall's own keys; as usual where nothing else can be read."""

    theme: str = "light"
    large_type: bool = False
    language: str = "zh_CN"
    keys: Mapping[str, str] = field(default_factory=dict)


def glance(folder: Path) -> Glance:
    """Look into the settings of the window whose data lie in `folder`; raises nothing."""
    try:
        found = tomllib.loads((folder / FILE).read_text(encoding="utf-8-sig"))  # as the settings are read
    except (OSError, ValueError):  # it has none yet, or wrong ones
        return Glance()
    theme, large, keys = found.get("theme"), found.get("large_type"), found.get("keys")
    language = found.get("language")
    return Glance(
        theme if isinstance(theme, str) else "light",
        large is True,
        language if isinstance(language, str) else "zh_CN",
        {str(act): str(key) for act, key in keys.items()} if isinstance(keys, dict) else {},
    )
