"""What a first run settled: the settings of the window, and its first administrator."""

from dataclasses import dataclass, field

from client.config import Settings


@dataclass(frozen=True)
class Founded:
    """Told by `ui.setup.first_run`; nothing of it is written yet."""

    settings: Settings
    staff_no: str
    name: str
    pin: str = field(repr=False)
