"""The secrets of a profile, out of the files that variables name; of the demo hall everybody knows them."""

from client.demo import DEMO_PASSPHRASE, DEMO_PIN
from client.doorway import NO_PIN
from client.errors import RightsError
from client.places import DEMO_PROFILE
from client.secret_files import named_secret

KEY_FILE = "YICHUANG_KEY_FILE"
PIN_FILE = "YICHUANG_PIN_FILE"
TOKEN_FILE = "YICHUANG_TOKEN_FILE"  # noqa: S105 - the name of a variable, not a secret


def passphrase_of(profile: str) -> str | None:
    """What opens the profile's store; None where the keyring has to. Raises StoreError."""
    return DEMO_PASSPHRASE if (given := named_secret(KEY_FILE)) is None and profile == DEMO_PROFILE else given


def pin_of(profile: str) -> str:
    """The PIN of whoever acts. Raises RightsError where none is given, StoreError."""
    given = named_secret(PIN_FILE) or (DEMO_PIN if profile == DEMO_PROFILE else "")
    if not given:
        raise RightsError(NO_PIN)
    return given


def token() -> str | None:
    """The platform's token; None where none is given. Raises StoreError."""
    return named_secret(TOKEN_FILE)
