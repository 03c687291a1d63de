"""What is asked of the keys behind a library, each act from connecting to letting go. Standard library alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from devices.keys.skf.library import (
    NO_CERTIFICATE,
    OK,
    PIN_LOCKED,
    REMOVED,
    PinError,
    SarError,
    Skf,
    der_length,
    names_seal,
)
from devices.keys.skf.structs import Handle

_HEAD = 64  # bytes in which a seal shows itself
_PIECE = 8192
_MOST_SEAL = 8 << 20
_MOST_SEALS = 16  # of one key
_MOST_BYTES = 16 << 20  # of all of them


def keys(skf: Skf) -> list[dict[str, Any]]:
    """Each key with what is on it, or with the step and status at which it would not tell."""
    found = []
    for name in skf.devices():
        try:
            found.append({"device": name.hex(), **_key(skf, name)})
        except SarError as error:
            found.append({"device": name.hex(), "step": error.step, "status": error.status})
    return found


def sign(skf: Skf, asked: Mapping[str, Any]) -> bytes:
    """The signature of the certificate's key over `digest`, as the library gives it. Raises SarError.

    The certificate is looked for first: a PIN never goes to a key that was plugged in the place of another.
    """
    with skf.connected(bytes.fromhex(asked["device"])) as device, skf.alone(device):
        for name in skf.applications(device):
            with skf.application(device, name) as application:
                signature = _sign(skf, application, asked)
            if signature is not None:
                return signature
    raise SarError("SKF_ExportCertificate", NO_CERTIFICATE)


def seals(skf: Skf, asked: Mapping[str, Any]) -> list[bytes]:
    """Files that begin as electronic seals do; those that want a PIN to be read are left. Raises SarError."""
    found: list[bytes] = []
    with skf.connected(bytes.fromhex(asked["device"])) as device:
        for name in skf.applications(device):
            with skf.application(device, name) as application:
                for file in skf.files(application):
                    if len(found) < _MOST_SEALS and sum(map(len, found)) < _MOST_BYTES:
                        found += _seal(skf, application, file)
    return found


def _key(skf: Skf, name: bytes) -> dict[str, Any]:
    with skf.connected(name) as device:
        applications = []
        for application_name in skf.applications(device):
            with skf.application(device, application_name) as application:
                state = skf.pin_state(application)
                certificates = list(_certificates(skf, application))
            applications.append(
                {
                    "tries": state and state.tries,
                    "is_default": state and state.is_default,
                    "certificates": [each.hex() for each in certificates],
                }
            )
        return {**skf.facts(device), "applications": applications}


def _certificates(skf: Skf, application: Handle) -> Iterator[bytes]:
    for name in skf.containers(application):
        with skf.container(application, name) as container:
            found = skf.certificate(container)
        if found is not None:
            yield found


def _sign(skf: Skf, application: Handle, asked: Mapping[str, Any]) -> bytes | None:
    """None where the certificate is not in this application."""
    wanted = bytes.fromhex(asked["certificate"])
    for name in skf.containers(application):
        with skf.container(application, name) as container:
            if skf.certificate(container) == wanted:
                return _signed(skf, application, container, asked)
    return None


def _signed(skf: Skf, application: Handle, container: Handle, asked: Mapping[str, Any]) -> bytes:
    before = skf.pin_state(application)
    if before is not None and before.tries == 0:
        raise PinError(PIN_LOCKED, 0)
    digest = bytes.fromhex(asked["digest"])
    try:
        _log_in(skf, application, asked["secret"])
        return skf.sign_rsa(container, digest) if asked["rsa"] else skf.sign_sm2(container, digest)
    finally:
        skf.forget(application)


def _log_in(skf: Skf, application: Handle, pin: bytearray) -> None:
    """Raises PinError, with the tries that are left where either function tells them."""
    try:
        skf.verify_pin(application, pin)
    except PinError as error:
        after = skf.pin_state(application)
        raise PinError(error.status, error.tries if after is None else after.tries) from None


def _seal(skf: Skf, application: Handle, name: bytes) -> list[bytes]:
    try:
        size = skf.file_size(application, name)
        if size > _MOST_SEAL or not names_seal(skf.read_file(application, name, 0, min(size, _HEAD))):
            return []
        content = b"".join(_pieces(skf, application, name, size))
    except SarError as error:
        if error.status in (OK, REMOVED):
            raise
        return []  # not ours to read
    return [content[: der_length(content)]] if der_length(content) else []


def _pieces(skf: Skf, application: Handle, name: bytes, size: int) -> Iterator[bytes]:
    at = 0
    while at < size:
        piece = skf.read_file(application, name, at, min(size - at, _PIECE))
        if not piece:
            return
        yield piece
        at += len(piece)
