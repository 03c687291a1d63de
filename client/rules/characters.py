"""Characters as they are typed, folded into those that are meant: what input methods leave between and around them."""

import re

# Input methods leave full-width forms (U+FF01–FF5E): they are folded one by one, never by NFKC.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEPARATORS = re.compile(r"[\s\u200b\ufeff\-\u2010-\u2015\u2212]+")


def half_width(text: str) -> str:
    """Fold full-width ASCII and trim the ends; nothing else is changed."""
    return text.translate(_HALF_WIDTH).strip()


def compact(text: str) -> str:
    """A number as typed → half-width, upper case, without blanks and hyphens."""
    return _SEPARATORS.sub("", half_width(text)).upper()
