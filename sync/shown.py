"""The message of a shown document （亮证）, shared by both ends: a code goes up, a document comes down.

The codes themselves are a province's own affair: whatever a scanner reads is handed on as it is.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from client.ports.id_card import DocumentKind, IdentityDocument, LastDay

UNKNOWN_CODE = "unknown-code"
_LONGEST = 300  # characters of one word of a document


class ShownCode(BaseModel):
    """A code as it was scanned or typed."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=2000, repr=False)


class ShownDocument(BaseModel):
    """What the code stands for; what its kind does not carry is left out."""

    model_config = ConfigDict(extra="ignore")

    kind: DocumentKind
    name: str = Field(max_length=_LONGEST, repr=False)
    number: str = Field(max_length=_LONGEST, repr=False)
    sex: str | None = Field(default=None, max_length=_LONGEST, repr=False)
    nation: str | None = Field(default=None, max_length=_LONGEST, repr=False)
    birth: date | None = Field(default=None, repr=False)
    address: str | None = Field(default=None, max_length=_LONGEST, repr=False)
    issuer: str | None = Field(default=None, max_length=_LONGEST, repr=False)
    valid_from: date | None = Field(default=None, repr=False)
    valid_to: LastDay | None = Field(default=None, repr=False)
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$", repr=False)


def decode_document(body: bytes) -> IdentityDocument:
    """Raises ValueError for what is no document."""
    told = ShownDocument.model_validate_json(body)
    return IdentityDocument(**told.model_dump(), is_of_chip=False)
