"""The hub's own key, to which windows seal what travels outside the wire: a file beside its files."""

import os
from pathlib import Path
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.errors import PlatformError
from sync.faults import HUB_KEY, NO_HUB_KEY
from sync.hub.shelf import sync_directory

FILE = "hub.key"
_PRIVATE = 0o600


def make(folder: Path) -> X25519PrivateKey:
    """The key in `folder`, made where there is none; many may ask at once, and get the same. Raises PlatformError."""
    path = folder / FILE
    if not path.exists():
        mine = folder / f".{FILE}.{token_hex(8)}"
        with open(mine, "xb", opener=lambda name, flags: os.open(name, flags, _PRIVATE)) as file:
            file.write(X25519PrivateKey.generate().private_bytes_raw().hex().encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(mine, path)  # whoever comes first has it, and nobody replaces it
        except FileExistsError:
            pass
        finally:
            mine.unlink()
            sync_directory(folder)  # before anything is sealed to it
    return read(folder)


def read(folder: Path) -> X25519PrivateKey:
    """The key in `folder`. Raises PlatformError when there is none, or it cannot be read or is damaged."""
    path = folder / FILE
    try:
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii")))
    except FileNotFoundError as error:
        raise PlatformError(NO_HUB_KEY, file=path) from error
    except (OSError, ValueError) as error:
        raise PlatformError(HUB_KEY, file=path) from error
