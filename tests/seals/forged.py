"""All ways to forge, and what came of each: `python -m tests.seals.table` writes the table of docs/seals.md from it."""

from functools import cache
from typing import Final

from tests.seals.forged_ofd import WAYS as OF_OFD
from tests.seals.forged_seals import WAYS as OF_SEALS
from tests.seals.forged_signatures import WAYS as OF_SIGNATURES
from tests.seals.forging import Forgery, Found, right_office

FORGERIES: Final = (*OF_SEALS, *OF_SIGNATURES, *OF_OFD)


@cache
def found(forgery: Forgery) -> tuple[Found, str]:
    """What came of it, tried once."""
    return forgery.made(right_office(forgery.version)).found()
