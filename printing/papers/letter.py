"""Parts of the body all papers share: the salutation, paragraphs, remarks and the table of what was received."""

from collections.abc import Iterable, Sequence
from functools import partial

from client.ports.papers import PaperFacts
from printing.papers.flow import LEFT, MEASURE, Piece
from printing.papers.fonts import EM
from printing.papers.sheet import Sheet
from printing.papers.tables import Cell, rows
from printing.papers.text import Line, Span, set_lines
from printing.papers.wording import clause, full_width, spans, wording

BODY = 11.6
LEADING = 20.6
SMALL = 10.2
SMALL_LEADING = 16.4
LABELS = (86.2, 210.8, 86.2, MEASURE - 86.2 - 210.8 - 86.2)
MATERIALS = (36.0, 224.3, 80.3, 36.0, 36.0, MEASURE - 36.0 - 224.3 - 80.3 - 36.0 - 36.0)
GAP = 6.5


def paragraph(text: Iterable[Span], *, space: float = 0.0, with_next: bool = False) -> list[Piece]:
    """Justified body text, indented by two letters, a piece a line; the last line may be held with what follows."""
    return _lines([Span("　　"), *text], BODY, LEADING, space=space, with_next=with_next)


def salutation(facts: PaperFacts) -> list[Piece]:
    """To whom the paper is addressed, with the masked identifier and who stood at the window."""
    identity = "；".join(clause(part) for part in (facts.applicant_identifier, facts.attendee) if part)
    text = spans(wording()["shared"]["salutation"], applicant=facts.applicant_name, identity=identity)
    return _lines(text, BODY, LEADING, with_next=True)


def remarks(sentences: Sequence[Sequence[Span]]) -> list[Piece]:
    """Further sentences in smaller type, numbered where there are several."""
    pieces: list[Piece] = []
    for number, sentence in enumerate(sentences, start=1):
        mark = f"{number}．" if len(sentences) > 1 else ""
        pieces += _lines([Span(mark), *sentence], SMALL, SMALL_LEADING, space=0.0 if pieces else GAP)
    return pieces


def labelled(pairs: Iterable[tuple[str, str | None]]) -> list[Piece]:
    """Labels beside values, two pairs in a row; a pair without a value is left out, a lone last one gets the row."""
    labels, dash = wording()["labels"], wording()["shared"]["dash"]
    known = [(labels[key], full_width(value) or dash) for key, value in pairs if value is not None]
    table = [
        [cell for label, value in known[start : start + 2] for cell in (Cell(label, shaded=True), Cell(value))]
        for start in range(0, len(known), 2)
    ]
    if table and len(table[-1]) == len(LABELS) // 2:
        table[-1][-1] = Cell(table[-1][-1].text, columns=3)
    return rows(LABELS, table, space=GAP)


def received_materials(facts: PaperFacts) -> list[Piece]:
    """The table of what was received, with what became of the originals."""
    lines = [
        [Cell(full_width(text)) for text in (str(n), line.name, line.form, line.copies, line.pages, line.original)]
        for n, line in enumerate(facts.materials, start=1)
    ]
    header = [Cell(label, shaded=True) for label in wording()["labels"]["materials"]]
    return rows(MATERIALS, lines, header=header, space=GAP) if lines else []


def _lines(
    text: Iterable[Span], size: float, leading: float, *, space: float = 0.0, with_next: bool = False
) -> list[Piece]:
    lines = set_lines(text, MEASURE / size * EM, justified=True)
    last = len(lines) - 1
    return [
        Piece(
            leading,
            partial(_draw, line=line, size=size, leading=leading),
            space if number == 0 else 0.0,
            with_next=with_next and number == last,
        )
        for number, line in enumerate(lines)
    ]


def _draw(sheet: Sheet, top: float, *, line: Line, size: float, leading: float) -> None:
    sheet.text(line, LEFT, top + (leading + 0.76 * size) / 2, size)
