"""Test data, marked as such: region 110101, births 1900–1909, right check characters, reckoned here by hand.

The check characters come from the weights printed in the standards and not from the library the rules use,
so that the two watch each other.
"""

from datetime import date

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BIRTH = date(1901, 1, 1)


def resident_id(serial: int = 1, birth: date = _BIRTH, region: str = "110101") -> str:
    """A 公民身份号码 (GB 11643-1999); odd serials are men's."""
    return _with_check(f"{region}{birth:%Y%m%d}{serial:03}")


def hmt_number(serial: int = 1, birth: date = _BIRTH, region: str = "810000") -> str:
    """The number of a 港澳台居民居住证: 810000 Hong Kong, 820000 Macao, 830000 Taiwan."""
    return resident_id(serial, birth, region)


def foreigner_2017_number(serial: int = 1, country: str = "CAN") -> str:
    return f"{country}1100010101{serial:02}"


def foreigner_2023_number(serial: int = 1, birth: date = _BIRTH) -> str:
    return _with_check(f"911124{birth:%Y%m%d}{serial:03}")


def uscc(serial: int = 1, department: str = "91") -> str:
    """A 统一社会信用代码 (GB 32100-2015) of an invented company in region 110101."""
    organisation = f"MA00{serial:04}"
    total = sum(int(c, 36) * w for c, w in zip(organisation, _ORGANISATION_WEIGHTS, strict=True))
    body = f"{department}110101{organisation}{'0123456789X0'[11 - total % 11]}"
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(body, _USCC_WEIGHTS, strict=True))
    return body + _USCC_ALPHABET[-total % 31]


def _with_check(body: str) -> str:
    total = sum(int(c) * w for c, w in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
