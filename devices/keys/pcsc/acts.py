"""What is asked of the keys in readers, each act within one transaction from connecting to letting go."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from devices.keys.pcsc.card import Card, Held
from devices.keys.pcsc.service import Connection, Service, ServiceError
from devices.keys.pcsc.troubles import CardError, MalformedError, Trouble

PATIENCE: Final = 5.0  # seconds for another program's transaction

_MOST_SEALS = 16

Taken = Callable[[], None]


def keys(part: str, taken: Taken) -> list[dict[str, Any]]:
    """Each reader with a card whose name has `part`: what is on it, or how it failed.

    Cards without the application are told as such. Raises CardError where PC/SC itself is missing.
    """
    with _service() as service:
        found = []
        for state in service.cards():
            if state.has_card and part.casefold() in state.name.casefold():
                reader = {"reader": state.name, "count": state.count}
                try:
                    found.append({**reader, **_key(service, state.name, taken)})
                except CardError as error:
                    found.append({**reader, "trouble": error.trouble, "detail": error.detail})
        return found


def sign(asked: Mapping[str, Any], taken: Taken) -> bytes:
    """The signature of the certificate's key over `digest`, as the card gives it. Raises CardError.

    The certificate is looked for first: a PIN never goes to a card that was put in the place of another.
    """
    wanted = bytes.fromhex(asked["certificate"])
    with _service() as service, _card(service, asked["reader"], taken) as (connection, card):
        held = next((each for each in _held(card) if each.certificate == wanted), None)
        if held is None:
            raise CardError(Trouble.NO_CERTIFICATE)
        connection.knows_secret = True
        card.verify(held.pin, asked["secret"])
        return card.sign(held.key, bytes.fromhex(asked["digest"]))


def seals(reader: str, taken: Taken) -> list[bytes]:
    """Data objects that begin as seals do. Raises CardError."""
    with _service() as service, _card(service, reader, taken) as (_, card):
        _open(card)
        return list(card.data()[:_MOST_SEALS])


def _key(service: Service, reader: str, taken: Taken) -> dict[str, Any]:
    with _card(service, reader, taken) as (_, card):
        if not card.open():
            return {"is_key": False}
        info = card.info()
        held = card.held()
        pins = {each.pin.id: each.pin for each in held}
        tries = [left for pin in pins.values() if (left := card.tries_left(pin)) is not None]
        return {
            "maker": info.maker,
            "label": info.label,
            "serial": info.serial,
            "tries": min(tries, default=None),
            "certificates": list(dict.fromkeys(each.certificate.hex() for each in held)),
        }


def _held(card: Card) -> Sequence[Held]:
    _open(card)
    return card.held()


def _open(card: Card) -> None:
    if not card.open():
        raise CardError(Trouble.NO_CERTIFICATE)


@contextmanager
def _service() -> Iterator[Service]:
    """One for each act: a context does not survive its service."""
    try:
        service = Service()
    except ServiceError as error:
        raise error.as_card_error() from error
    try:
        yield service
    except ServiceError as error:
        raise error.as_card_error() from error
    finally:
        service.close()


@contextmanager
def _card(service: Service, reader: str, taken: Taken) -> Iterator[tuple[Connection, Card]]:
    try:
        with service.alone_with(reader, PATIENCE, taken) as connection:
            yield connection, Card(connection.transmit)
    except MalformedError as error:
        raise CardError(Trouble.GARBLED, str(error)) from error
    except ServiceError as error:
        raise error.as_card_error() from error
