"""The operating system's keyring, trusted only where it really encrypts; its library is imported when first asked.

That import takes a tenth of a second, a third of the time a window has to appear; a passphrase does without it.
"""
# ruff: noqa: PLC0415 - late imports are this module's purpose, see above

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from client.errors import StoreError
from client.store import faults

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "yichuang"

# Backends that keep secrets encrypted under the person's login. Anything else (plain files, null, fail) is refused.
_TRUSTED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)


def keep(account: str, secret: str) -> None:
    """Keep `secret` under `account`. Raises StoreError: absent, locked, failed."""
    with _ring_errors():
        _backends()[0].set_password(SERVICE, account, secret)


def recall(account: str) -> str:
    """Return what is kept under `account`. Raises StoreError: absent, locked, failed, forgotten."""
    with _ring_errors():
        for backend in _backends():
            secret = backend.get_password(SERVICE, account)
            if secret is not None:
                return secret
    raise StoreError(faults.KEYRING_FORGOT)


def describe() -> str:
    """Name the keyring that would keep a key, for the doctor. Raises StoreError: absent."""
    with _ring_errors():
        return type(_backends()[0]).__module__.removeprefix("keyring.backends.")


def _backends() -> "list[KeyringBackend]":
    """Return the trusted backends, best first; a chain offers several."""
    import keyring

    chosen = keyring.get_keyring()
    offered: list[KeyringBackend] = list(getattr(chosen, "backends", [chosen]))
    trusted = [backend for backend in offered if type(backend).__module__ in _TRUSTED]
    if not trusted:
        raise StoreError(faults.KEYRING_ABSENT)
    return trusted


@contextmanager
def _ring_errors() -> Iterator[None]:
    """Translate what a keyring throws; the D-Bus errors exist only where that road is installed."""
    from keyring.errors import KeyringError, KeyringLocked

    failures: list[type[Exception]] = [KeyringError, OSError]
    with suppress(ImportError):
        from jeepney import DBusErrorResponse  # type: ignore[import-untyped] # it ships no types
        from secretstorage.exceptions import SecretStorageException

        failures += [DBusErrorResponse, SecretStorageException]
    try:
        yield
    except KeyringLocked as error:
        raise StoreError(faults.KEYRING_LOCKED) from error
    except tuple(failures) as error:
        raise StoreError(faults.KEYRING_FAILED) from error
