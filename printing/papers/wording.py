"""Puts facts into the manner of an official paper; the words of the papers themselves are in `template`.

Full-width punctuation and no blanks round digits (GB/T 15834, GB/T 15835); dates as 2026年11月30日.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from printing.papers.text import Span

_HAN = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff\u3000-\u303f]"
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_MARK = re.compile(f"(?<={_HAN})\\s*([,;:!?])\\s*|([,;:!?])(?={_HAN})")
_BRACKETS = re.compile(f"\\(([^()]*{_HAN}[^()]*)\\)|(?<={_HAN})\\(([^()]*)\\)")
_BLANK = re.compile(f"(?<={_HAN})[ \\t]+(?=[0-9])|(?<=[0-9])[ \\t]+(?={_HAN})|(?<={_HAN})[ \\t]+(?={_HAN})")


def full_width(text: str) -> str:
    """Chinese text with Chinese punctuation; marks inside numbers, codes and Latin words stay as they are."""
    text = _BRACKETS.sub(lambda found: f"（{found[1] or found[2]}）", text)
    text = _MARK.sub(lambda found: _WIDE[found[1] or found[2]], text)
    return _BLANK.sub("", text)


def spans(template: str, **facts: object) -> list[Span]:
    """Fill `template`; what stands between ** is bold. Facts cannot switch the weight themselves."""
    parts = template.split("**")
    return [Span(part.format_map(facts), bool(number % 2)) for number, part in enumerate(parts) if part]


def sentence(text: str) -> str:
    """`text` as a whole sentence: full-width, with a full stop."""
    text = full_width(text.strip())
    return text if text.endswith(("。", "！", "？", "：", "；")) else f"{text}。"


def clause(text: str) -> str:
    """`text` as a part of a sentence: full-width, without a full stop."""
    return full_width(text.strip()).rstrip("。；，")


def day(value: date) -> str:
    """2026年11月30日."""
    return f"{value.year}年{value.month}月{value.day}日"


def minute(value: datetime) -> str:
    """2026年11月23日10时05分."""
    return f"{day(value)}{value.hour}时{value.minute:02d}分"


def bracketed(parts: Sequence[str]) -> str:
    """The remarks that belong to a sentence, in one pair of brackets; nothing for none."""
    return f"（{'；'.join(parts)}）" if parts else ""
