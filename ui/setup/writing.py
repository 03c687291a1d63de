"""A change of the window's settings, over its file alone: what the environment says today is not to stay for good."""

from collections.abc import Mapping
from pathlib import Path

from client.config import load_settings, settings_with
from client.errors import StoreError
from ui.door import WindowDoor

NO_FILE = "STORE-151"


def write_over(door: WindowDoor, folder: Path, changed: Mapping[str, object]) -> None:
    """Write `changed`, by name, over what `settings.toml` in `folder` has. Slow. Raises StoreError."""
    try:
        written = load_settings(folder, environment=False)
    except StoreError as error:
        if error.code != NO_FILE:
            raise
        written = door.settings()
    door.write_settings(settings_with(folder, written, changed))
