"""What the page that is looked at says, beside the fields of form and people: taken by a key, never by itself.

Only where a reader of print is there (`Hands.read`); without one nobody makes this.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from client.desk.page_reading import Seen
from client.desk.sheet import CaseSheet, PageSheet
from client.ports.reading import PageReader
from client.rules.beside import Asked, Beside, beside, kinds_of
from client.text import source_of, tr
from ui.clerk.intake.answers import FROM
from ui.clerk.intake.beside_line import Said
from ui.clerk.intake.form import FormPanel
from ui.clerk.intake.page_reading import PageReading
from ui.clerk.intake.pages import PagesPanel
from ui.clerk.intake.people import PeoplePanel
from ui.clerk.intake.rows import Row
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.chips import Tone
from ui.widgets.fields import TextField
from ui.widgets.image import image_of
from ui.widgets.keys import KeyButton
from ui.widgets.panel import arranged_once

_OF_PEOPLE = ("name", "identifier", "phone", "legal_representative")


class Suggested(QObject):
    """Lives as long as the form. Of a case that is closed no page is read."""

    def __init__(
        self, seat: Seat, read: PageReader, work: CaseWork, people: PeoplePanel, form: FormPanel, pages: PagesPanel
    ) -> None:
        super().__init__(form)
        self._seat = seat
        self._work = work
        self._people, self._form = people, form
        self._case_id: int | None = None
        self._looked_at: tuple[PageSheet | None, int] = (None, 0)
        self._seen: tuple[Seen, ...] = ()
        self._cuttings: dict[str, QImage] = {}  # by what was read there
        self._reading = PageReading(seat, read, self)
        self._reading.told.connect(self._take_in)
        pages.looked_at.connect(self._look_at)
        work.changed_last.connect(self._see)
        form.built.connect(self._paint)
        form.edited.connect(self._paint)
        people.changed.connect(self._paint)
        pressed = QShortcut(QKeySequence(seat.keys["take_suggestion"]), form, context=Qt.ShortcutContext.WindowShortcut)
        pressed.activated.connect(self._take)

    def _look_at(self, page: PageSheet | None, sheet: int) -> None:
        case = self._work.sheet
        self._looked_at = (page, sheet)
        wanted = case is not None and case.editable and page is not None and not (page.looks and page.looks.blank)
        self._reading.look_at(page if wanted else None, sheet)

    def _see(self, case: CaseSheet | None) -> None:
        case_id = case.case_id if case is not None else None
        if case_id != self._case_id:
            self._case_id = case_id
            self._reading.forget()
        self._look_at(*self._looked_at)
        self._paint()

    def _take_in(self, seen: tuple[Seen, ...]) -> None:
        self._seen = seen
        self._cuttings = {each.suggestion.text: image_of(each.cutting) for each in seen}
        self._paint()

    def _paint(self) -> None:
        """Beside each field what belongs there now."""
        case, rows = self._work.sheet, {path: row for path, row in self._rows() if row.beside or self._seen}
        asked = [_asked(path, row, case, self._document(row)) for path, row in rows.items()]
        known = () if self._people.rows else _known(case)
        found = beside(asked, [each.suggestion for each in self._seen], known)
        self._say({row: self._said(row, found[path]) if path in found else None for path, row in rows.items()})
        differing = sum(each.differs for each in found.values())
        said = tr("与扫描件不同 {count}").format(count=differing) if differing else ""
        self._form.differing.say(said, Tone.WARN, shape=bool(differing))

    def _say(self, lines: Mapping[Row, Said | None]) -> None:
        """Lay the form out once, however many lines come and go: each alone would cost some milliseconds."""
        changed = {row: said for row, said in lines.items() if said != row.beside}
        with ExitStack() as stack:
            for around in dict.fromkeys(chain.from_iterable(map(_around, changed))):
                stack.enter_context(arranged_once(around))
            for row, said in changed.items():
                row.say_beside(said, partial(self._key, row))

    def _rows(self) -> Iterator[tuple[str, Row]]:
        """The fields something may be read for."""
        of_people = ((f"people.{path}", row) for path, row in self._people.rows.items())
        for path, row in chain(of_people, self._form.rows.items()):
            if isinstance(row.field, TextField) and kinds_of(row.path, row.schema):
                yield path, row

    def _document(self, row: Row) -> str:
        """Of which kind the number in it is, where a field beside it says so."""
        beside_it = f"{row.path}_kind"
        rows = self._people.rows if row in self._people.rows.values() else self._form.rows
        return str(rows[beside_it].field.value()) if beside_it in rows else ""

    def _said(self, row: Row, found: Beside) -> Said:
        text = found.suggestion.text
        masked = row.field.masked(text) if isinstance(row.field, TextField) else text
        return Said(text, masked, found.differs, self._cuttings[text])

    def _key(self, row: Row) -> KeyButton:
        key = self._seat.keys["take_suggestion"]
        button = KeyButton(tr("采用"), key, partial(self._take_into, row), heard=False, look="tight")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through fields, and the caret stays where it is
        return button

    def _take(self) -> None:
        row = next((row for _, row in self._rows() if row.is_entered), None)
        if row is None or row.beside is None:
            self._seat.notices.warn(tr("这里没有可采用的识读结果"), tr("字段下方有“扫描件”一行的才能采用"))
        else:
            self._take_into(row)

    def _take_into(self, row: Row) -> None:
        if row.beside is not None and isinstance(row.field, TextField):
            self._seat.narrator.tell("suggestion-taken", field=row.path)
            row.field.write(row.beside.text)


def _around(row: Row) -> Iterator[QWidget]:
    """What the row is laid out in, up to what scrolls."""
    around: QWidget | None = row.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        yield around
        around = around.parentWidget()


def _asked(path: str, row: Row, case: CaseSheet | None, document: str) -> Asked:
    part, _, name = str(row.schema.get(FROM, "")).partition(".")
    person = getattr(case, part, None) if part and case is not None else None
    title = source_of(row.schema.get("title", ""))
    followed = str(getattr(person, name, None) or "")
    return Asked(path, title, kinds_of(row.path, row.schema, document), str(row.field.value()), followed)


def _known(case: CaseSheet | None) -> Iterator[str]:
    """What stands in the case about its people: it has its place."""
    for person in (case.applicant, case.attendee) if case is not None else ():
        yield from (str(getattr(person, name, None) or "") for name in _OF_PEOPLE)
