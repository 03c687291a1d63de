"""What strangers may see of a person: on screens, slips and notices (GB/T 35273-2020 6.3, 7.2).

Organisations are public: their names and 统一社会信用代码 are never masked.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from client.rules.identifiers import IDENTIFIER_WORDS, IdentifierKind
from client.text import source_of, tr

_HIDDEN = "*"
_MOST_STARS = 2  # the length of a long name is not told either
_LEAST_HIDDEN = 4

# (shown at the front, shown at the end). Of 18 digits the day of birth is hidden: 前6后4, the practice of halls.
_SHOWN: Mapping[IdentifierKind, tuple[int, int]] = MappingProxyType(
    {
        IdentifierKind.RESIDENT_ID: (6, 4),
        IdentifierKind.TEMPORARY_RESIDENT_ID: (6, 4),
        IdentifierKind.HOUSEHOLD_REGISTER: (6, 4),
        IdentifierKind.HMT_RESIDENCE_PERMIT: (6, 4),
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2023: (6, 4),
        IdentifierKind.HISTORICAL_RESIDENT_ID: (6, 3),
        IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017: (3, 2),
    }
)
_SHOWN_OTHERWISE = (1, 3)
_PERSONS = re.compile(r"[0-9]{17}[0-9X]")
_BIRTH = re.compile(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")


def masked_name(name: str) -> str:
    """The first character and a star for each further one, at most two: 张三 → 张*, 欧阳小三 → 欧**.

    Compound surnames keep one character too: telling them apart would tell more than a list of surnames knows.
    Characters are code points, so that 𠮷 is one.
    """
    name = name.strip()
    return name[:1] + _HIDDEN * min(len(name) - 1, _MOST_STARS)


def masked_identifier(kind: IdentifierKind, text: str) -> str:
    """A person's number with its middle hidden, four characters or more. USCC is public and unchanged."""
    if kind is IdentifierKind.USCC:
        return text
    front, end = _SHOWN.get(kind, _SHOWN_OTHERWISE)
    if len(text) - front - end < _LEAST_HIDDEN:  # too short for its kind, or of no known form
        front, end = 0, len(text) // 4
    last = len(text) - end
    return text[:front] + _HIDDEN * (last - front) + text[last:]


def may_be_a_persons(number: str) -> bool:
    """Whether 18 characters may be somebody's number, mistyped too, even where they are right as a company's code.

    Digits alone, as GB 11643 has them; those of companies begin with 9, and so do those of foreigners who live here,
    which have a day of birth from the seventh place on.
    """
    return bool(_PERSONS.fullmatch(number)) and (number[0] != "9" or bool(_BIRTH.match(number, 6)))


def masked_phone(phone: str) -> str:
    """138****1234; of other numbers the last four digits are hidden."""
    if len(phone) == 11 and phone.isdigit():  # noqa: PLR2004 - a mobile has 11 digits
        return f"{phone[:3]}****{phone[7:]}"
    return phone[:-4] + _HIDDEN * len(phone[-4:])


def identifier_line(kind: IdentifierKind, text: str) -> str:
    """As a paper names it, kind and number, masked for persons: 居民身份证110101********0012."""
    return source_of(IDENTIFIER_WORDS[kind]) + masked_identifier(kind, text)


def identifier_told(kind: IdentifierKind, text: str) -> str:
    """The same for a screen, in its language."""
    return tr("{kind}{number}").format(kind=IDENTIFIER_WORDS[kind], number=masked_identifier(kind, text))
