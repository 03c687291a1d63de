"""Parts of the body all papers share: the salutation, paragraphs, remarks and the table of what was received."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from client.ports.papers import PaperFacts
from printing.papers.flow import Piece
from printing.papers.fonts import EM
from printing.papers.galley import Galley
from printing.papers.measures import LEFT, MEASURE, Measures
from printing.papers.sheet import Sheet
from printing.papers.tables import Cell, fits, rows
from printing.papers.text import Line, Span, set_lines
from printing.papers.wording import clause, full_width, spans


def paragraph(galley: Galley, text: Iterable[Span], *, space: float = 0.0, with_next: bool = False) -> list[Piece]:
    """Justified body text, indented by two letters, a piece a line; the last line may be held with what follows."""
    measures = galley.measures
    return _lines([Span("　　"), *text], measures.body, measures.leading, space=space, with_next=with_next)


def salutation(galley: Galley) -> list[Piece]:
    """To whom the paper is addressed, with the masked identifier and who stood at the window."""
    facts = galley.facts
    return addressed(
        galley, spans(galley.shared["salutation"], applicant=facts.applicant_name, identity=identity(facts))
    )


def addressed(galley: Galley, text: Iterable[Span]) -> list[Piece]:
    """Whom the paper speaks to: at the left edge, and never alone at the foot of a page."""
    return _lines(text, galley.measures.body, galley.measures.leading, with_next=True)


def identity(facts: PaperFacts) -> str:
    """The applicant's masked identifier, and who stood at the window."""
    return "；".join(clause(part) for part in (facts.applicant_identifier, facts.attendee) if part)


def remarks(galley: Galley, sentences: Sequence[Sequence[Span]]) -> list[Piece]:
    """Further sentences in smaller type, numbered where there are several."""
    measures = galley.measures
    pieces: list[Piece] = []
    for number, sentence in enumerate(sentences, start=1):
        mark = f"{number}．" if len(sentences) > 1 else ""
        space = 0.0 if pieces else measures.gap
        pieces += _lines([Span(mark), *sentence], measures.small, measures.small_leading, space=space)
    return pieces


def labelled(galley: Galley, pairs: Iterable[tuple[str, str | None]]) -> list[Piece]:
    """Labels beside values, as many pairs in a row as the measures have room for.

    A pair without a value is left out; one that would break its line, and one left over, gets the row.
    """
    measures, dash = galley.measures, galley.shared["dash"]
    widths = measures.labels if galley.second is None else measures.labels_in_two
    table: list[list[Cell]] = []
    for key, value in pairs:
        if value is None:
            continue
        pair = [_label(galley, key), Cell(full_width(value) or dash)]
        if table and _fits_beside(table[-1], pair, widths, measures):
            table[-1] += pair
        else:
            table.append(pair)
    for row in table:
        row[-1] = replace(row[-1], columns=len(widths) - len(row) + 1)
    return rows(widths, table, space=measures.gap, measures=measures) if table else []


def listing(galley: Galley, heading: str, widths: Sequence[float], lines: Sequence[Sequence[str]]) -> list[Piece]:
    """A table whose headings are the labels `heading`, each line with its number before it; nothing for no lines."""
    if not lines:
        return []
    labels = galley.labels[heading]
    seconds = galley.second_labels(heading, len(labels))
    header = [Cell(label, shaded=True, second=second) for label, second in zip(labels, seconds, strict=True)]
    table = [[Cell(full_width(text)) for text in (str(n), *line)] for n, line in enumerate(lines, start=1)]
    return rows(widths, table, header=header, space=galley.measures.gap, measures=galley.measures)


def received_materials(galley: Galley) -> list[Piece]:
    """The table of what was received, with what became of the originals."""
    lines = [(line.name, line.form, line.copies, line.pages, line.original) for line in galley.facts.materials]
    return listing(galley, "materials", galley.measures.materials, lines)


def beside(galley: Galley) -> list[Piece]:
    """Below the text: the lines the hall prints for its organ, and what the paper says in the second language."""
    measures = galley.measures
    pieces: list[Piece] = []
    for line in galley.footer:
        space = 0.0 if pieces else measures.gap
        pieces += _lines([Span(line)], measures.small, measures.small_leading, space=space)
    if gist := galley.gist:
        pieces += _lines([Span(gist)], measures.gist, measures.gist_leading, space=measures.gap, justified=False)
    return pieces


def _fits_beside(row: Sequence[Cell], pair: Sequence[Cell], widths: Sequence[float], measures: Measures) -> bool:
    """Whether a pair stands beside what the row has, each value on one line."""
    values = [cell.text for cell in (*row, *pair)][1::2]
    room = zip(values, widths[1::2], strict=False)
    return len(row) < len(widths) and all(fits(text, width, measures) for text, width in room)


def _label(galley: Galley, key: str) -> Cell:
    return Cell(galley.labels[key], shaded=True, second=galley.second_label(key))


def _lines(
    text: Iterable[Span],
    size: float,
    leading: float,
    *,
    space: float = 0.0,
    with_next: bool = False,
    justified: bool = True,
) -> list[Piece]:
    lines = set_lines(text, MEASURE / size * EM, justified=justified)
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
