"""A phone that can be called back: the window's notices depend on it."""

import re

from client.errors import CaseError, Fault
from client.rules.characters import compact
from client.text import tr

WRONG_PHONE = Fault(
    "ID-111",
    tr("联系电话的格式不对"),
    tr("手机为11位数字；座机请带区号（如0000-0000001）；境外号码以+和国家代码开头。请与申请人核对"),
)

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")  # ITU-T E.164
_EXTENSION = re.compile(r"转|EXT\.?|#")


def check_phone(text: str) -> str:
    """A mobile (11 digits), a landline with area code (written 0000-0000001, with its extension), or E.164.

    The country code of the mainland is dropped. Raises CaseError for anything else.
    """
    number, *extension = _EXTENSION.split(compact(text), maxsplit=1)
    number = _without_country(number)
    if extension and not re.fullmatch(r"[0-9]{1,6}", extension[0]):
        raise CaseError(WRONG_PHONE)
    if _LANDLINE.fullmatch(number):
        return _with_hyphen(number) + (f"转{extension[0]}" if extension else "")
    if not extension and (_MOBILE.fullmatch(number) or _ABROAD.fullmatch(number)):
        return number
    raise CaseError(WRONG_PHONE)


def _without_country(number: str) -> str:
    national, is_mainland = re.subn(r"^(\+|00)860?", "", number)
    if not is_mainland:
        return number
    return national if _MOBILE.fullmatch(national) else f"0{national}"


def _with_hyphen(number: str) -> str:
    """Area codes of 010 and 02x have three digits, all others four."""
    cut = 3 if number.startswith(("010", "02")) else 4
    return f"{number[:cut]}-{number[cut:]}"
