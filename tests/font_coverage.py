"""Writes docs/fonts.md and docs/fonts.png, what the papers draw and by which font: `python -m tests.font_coverage`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
from PIL import Image

from printing.papers.binding import bound
from printing.papers.coverage import Covered, by_block, of_gb18030
from printing.papers.fonts import REGULAR
from printing.papers.sheet import Sheet
from printing.papers.text import set_line
from printing.papers.typecase import Typecase

SPECIMEN = (
    "李四 中国汉字 㐂䶮龙鿿鿰",
    "\U00020bb7\U0002ce97 \U00030000\U00031350\U000323af\U0002ebf0\U0003246e \ufa0e\u8c48\U0002f800",
    "한국남박김정 ꀀꌠꆈ ꓐꓑ ᥐᥑᥒ ᦀᦁᦂ",
    "Łódź Đorđe Nguyễn Ангел ①→",
)
PLACE = Path(__file__).parents[1] / "docs" / "fonts.md"
HEAD = """# Fonts of the papers

Counted by `python -m tests.font_coverage`; the program, built or not, says the same by `yichuang fonts coverage`.
Which fonts these are, and whose: [resources/fonts](../resources/fonts/README.md); why:
[0042](decisions/0042-fonts-of-the-papers.md). Titles and what is bold are drawn by Noto Serif SC Bold, which has the
same letters as the regular one.

![](fonts.png)

"""
TAIL = """
What is not drawn: what would have to be joined, stacked, turned about or composed (Arabic, Tibetan, Mongolian,
Tai Tham, Phags-pa, Miao, Hangul in parts, marks over other letters), private-use characters, and symbols nobody is
called by. It is told at the window before the paper is made, and by `fonts check`; the paper names it 〔U+XXXX〕.
Variation selectors and what has no shape are left out, and told.
"""


def page() -> str:
    """The whole page."""
    return (
        HEAD + "\n".join(_table(of_gb18030(), "GB 18030-2022")) + "\n\n" + "\n".join(_table(by_block())) + "\n" + TAIL
    )


def _table(rows: Sequence[Covered], what: str = "block") -> Iterator[str]:
    yield f"| {what} | codes | characters | drawn | {' | '.join(REGULAR)} |"
    yield "|---|---|" + "---:|" * (2 + len(REGULAR))
    for row in rows:
        by_font = " | ".join(f"{row.fonts[font]:,}" if font in row.fonts else "" for font in REGULAR)
        yield f"| {row.name} | {row.codes} | {row.characters:,} | {row.drawn:,} | {by_font} |"


def specimen() -> Image.Image:
    """Letters of every font, light and bold."""
    sheet = Sheet(Typecase())
    for number, words in enumerate(SPECIMEN):
        for bold in (False, True):
            sheet.text(set_line(words, bold=bold), 20.0, 34.0 + number * 72.0 + bold * 32.0, 24.0)
    pdf = bound([sheet], sheet.typecase, lambda _document: None)
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image.Image = document[0].render(scale=1.5, grayscale=True).to_pil()
    return drawn.crop((0, 0, 640, 460))


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
    specimen().save(PLACE.with_suffix(".png"), optimize=True)
