"""A travel document as its machine-readable zone tells it: typed, or sent by a reader that types."""

from datetime import date

from client.ports.id_card import DocumentKind, IdentityDocument
from client.rules.mrz import read_mrz


def document_of(text: str, today: date) -> IdentityDocument:
    """The document whose zone is `text`, line by line. Raises CaseError, see `read_mrz`.

    The zone has names in Latin letters alone, cut to their place; the country is that of the nationality.
    """
    zone = read_mrz(text, today)
    surname, given = zone.names
    return IdentityDocument(
        DocumentKind.TRAVEL_DOCUMENT,
        name_en=f"{surname}, {given}" if given else surname,
        sex=zone.sex,
        birth=zone.birth,
        number=zone.number,
        valid_to=zone.expiry,
        country=zone.nationality,
        is_of_chip=False,
    )
