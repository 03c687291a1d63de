"""Keeps the window supplied with numbers: gives back what it does not use, leases what it wants."""

from client.errors import PlatformError
from client.ports.numbers import NumberBooks, NumberOffice
from sync.faults import Refused


def keep_supplied(books: NumberBooks, office: NumberOffice) -> PlatformError | None:
    """Settle what is owed with the platform; returns the first thing that went wrong, None when nothing did.

    A series the platform refuses does not stand in the way of another. What was not settled comes again.
    """
    wrong: PlatformError | None = None
    try:
        for rest in books.rests():
            try:
                office.give_back(rest)
                books.given_back(rest.key)
            except Refused as error:
                wrong = wrong or error
        for wish in books.wishes():
            try:
                books.leased(office.lease(wish))
            except Refused as error:
                wrong = wrong or error
    except PlatformError as error:
        return wrong or error
    return wrong
