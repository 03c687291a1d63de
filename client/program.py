"""How this program is started once more: as a child for a device, as a platform of its own."""

import sys


def own_program() -> tuple[str, ...]:
    """The first words of its command line, packaged or by the interpreter."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "yichuang")
