"""What the child tells of the keys, as the window takes it: it repeats a library's words, and none are believed."""

from collections.abc import Sequence
from typing import Annotated

import structlog
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from client.ports.keys import KeyOnHand, KeyStack
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.faults import ProofError

log = structlog.get_logger(__name__)

Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})*$")]
"""Bytes as they cross the pipe: a library's words have no encoding that one could rely on."""

_ALGORITHMS = (KeyAlgorithm.SM2, KeyAlgorithm.RSA)  # SKF has no other


class Application(BaseModel):
    """Of a key; each has a PIN of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tries: Annotated[int, Field(ge=0)] | None
    is_default: bool | None
    certificates: tuple[Hex, ...]


class ToldKey(BaseModel):
    """What is on a key, or the step and status at which it would not tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: Hex
    manufacturer: Hex = ""
    label: Hex = ""
    serial: Hex = ""
    applications: tuple[Application, ...] = ()
    step: str = ""
    status: int = 0


_KEYS = TypeAdapter(tuple[ToldKey, ...])


def told_keys(content: bytes) -> Sequence[ToldKey]:
    """Raises ValueError for what is none of our child's lists."""
    try:
        return _KEYS.validate_json(content)
    except ValidationError:
        raise ValueError from None  # its words would repeat what came


def key_on_hand(told: ToldKey, key_id: str) -> KeyOnHand:
    """`tries_left` are those of the application that has fewest: it is the PIN that a clerk may lock."""
    signing = [each for each in told.applications if signing_certificates(each)] or told.applications
    tries = [each.tries for each in signing if each.tries is not None]
    defaults = [each.is_default for each in signing if each.is_default is not None]
    return KeyOnHand(
        id=key_id,
        stack=KeyStack.SKF,
        label=text_of(told.label).strip() or text_of(told.manufacturer).strip(),
        serial=text_of(told.serial).strip(),
        certificates=tuple(each for of_one in signing for each in signing_certificates(of_one)),
        tries_left=min(tries, default=None),
        pin_is_default=any(defaults) if defaults else None,
    )


def signing_certificates(application: Application) -> Sequence[Certificate]:
    """Those one may sign with here; one that cannot be read hides no other."""
    found = []
    for each in application.certificates:
        try:
            certificate = Certificate.parse(bytes.fromhex(each))
        except ProofError as error:
            log.info("certificate not read", code=error.code)
            continue
        if certificate.may_sign and certificate.algorithm in _ALGORITHMS:
            found.append(certificate)
    return found


def text_of(given: Hex) -> str:
    """Whichever encoding the bytes are in; hex where in none, so that two stay two."""
    content = bytes.fromhex(given)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            return text
    return given
