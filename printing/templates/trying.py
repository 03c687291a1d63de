"""Tries a pack on every kind of paper, in every look: what does not fit is found before it counts."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from client.ports.papers import PaperKind, PaperLook, PaperOrder
from client.ports.templates import Trouble
from client.text import tr
from printing.faults import PaperError
from printing.papers.fonts import EM
from printing.papers.measures import LARGE, MEASURE
from printing.papers.samples import paper
from printing.papers.sheet import Sheet
from printing.papers.tables import PADDING
from printing.papers.template import LABELS, Template, shipped
from printing.papers.text import Span, set_lines
from printing.press import A4Press
from printing.templates.pack import Pack

_SMALLEST: Final = 0.8  # of its size, what is set smaller to fit a line
_MOST_LINES: Final = 3  # of a label
_TABLES: Final[Mapping[str, Sequence[float]]] = MappingProxyType(
    {
        "materials": LARGE.materials,
        "defects": LARGE.defects,
        "declared": LARGE.declared,
        "returned": LARGE.returned,
        "deferred": LARGE.deferred,
        "delivered": LARGE.delivered,
        "other_cases": LARGE.other_cases,
    }
)


def troubles_in(pack: Pack) -> list[Trouble]:
    """What is wrong with a pack of right words once they stand on paper."""
    return [*_labels(pack), *_papers(pack)]


def _labels(pack: Pack) -> Iterator[Trouble]:
    """Headings stand in narrow columns: the narrowest of each is that of large type."""
    for key, words in pack.template.words(LABELS).items():
        name = f"{LABELS}.{key}"
        if name not in pack.own:
            continue
        columns, widths = [words], [LARGE.labels[0]]
        if not isinstance(words, str):
            columns, widths = list(words), list(_TABLES.get(key, [MEASURE / len(words)] * len(words)))
        for word, width in zip(columns, widths, strict=True):
            if len(set_lines([Span(word)], (width - 2 * PADDING) / LARGE.cell * EM)) > _MOST_LINES:
                yield Trouble(pack.own[name], name, tr("太长，放不下：{words}").format(words=word))


def _papers(pack: Pack) -> Iterator[Trouble]:
    press, plain = A4Press(pack.template), A4Press(shipped())
    told: set[str] = set()
    keys: set[str] = set()
    for kind in _touched(pack):
        for look in looks(pack.template):
            order = PaperOrder(paper_id=0, reprint_no=0, facts=paper(kind, look=look))
            try:
                sheets = press.sheets(order)
            except PaperError as error:
                yield Trouble(pack.own.get(kind, 0), kind, error.title)
                continue
            found = _squeezed(sheets) - told
            for words in found and found - _squeezed(plain.sheets(order)):
                told.add(words)
                line, key = _whose(words, pack)
                if key and key in keys:
                    continue  # it breaks elsewhere in another look, and is as long there
                keys.add(key)
                yield Trouble(line, key, tr("太长，放不下：{words}").format(words=words))


def _touched(pack: Pack) -> list[PaperKind]:
    """The kinds whose papers this pack can change: all, but where it has words of single kinds alone."""
    sections = {key.partition(".")[0] for key in pack.own}
    return [kind for kind in PaperKind if kind in sections or not sections <= set(PaperKind)]


def looks(template: Template) -> Iterator[PaperLook]:
    """Every look a paper of this template can have."""
    for large in (False, True):
        for second in (None, *template.languages):
            yield PaperLook(large=large, second=second)


def _squeezed(sheets: list[Sheet]) -> set[str]:
    return {words for sheet in sheets for words, share in sheet.squeezed if share < _SMALLEST}


def _whose(words: str, pack: Pack) -> tuple[int, str]:
    """The own word of the pack that stands in this line: the one with the longest piece of its own there."""

    def piece(key: str) -> int:
        section, _, name = key.rpartition(".")
        found = pack.template.sections.get(section, {}).get(name, "")
        return max((len(part) for part in str(found).replace("}", "{").split("{")[::2] if part in words), default=0)

    best = max(pack.own, key=piece, default="")
    return (pack.own[best], best) if best and piece(best) else (0, "")
