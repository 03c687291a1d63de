"""The people typed by hand: one set of fields where the applicant came, two where somebody came for the applicant."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from client.errors import CaseError
from client.ports.zone import document_of
from client.rules.forms import FormFault
from client.rules.identifiers import IDENTIFIER_WORDS, IdentifierKind, check_identifier
from client.rules.identity import APPLICANT_WORDS, CAPACITY_WORDS, ApplicantKind, Capacity
from client.rules.phones import check_phone
from client.text import clauses, tr
from ui.clerk.intake.gathered import Gathered, Party
from ui.clerk.intake.rows import Row
from ui.widgets.choices import Choice, focus_on
from ui.widgets.fields import TextField, bring_in_sight
from ui.widgets.panel import rule
from ui.widgets.typed import ANY_NUMBER, NUMBER

KIND, CAPACITY, ZONE, CODE = "kind", "capacity", "zone", "code"
LONGEST_ZONE = 100  # characters of two lines of 44, and what stands between them
SMALLEST, LARGEST = 110, 236  # pixels in sight
_OF_PERSONS = [
    (kind.value, IDENTIFIER_WORDS[kind])
    for kind in IdentifierKind
    if kind not in {IdentifierKind.USCC, IdentifierKind.HISTORICAL_RESIDENT_ID}
]
_OF_ORGANISATIONS = [(kind.value, IDENTIFIER_WORDS[kind]) for kind in (IdentifierKind.USCC, IdentifierKind.OTHER)]
_CAPACITIES: Mapping[bool, tuple[Capacity, ...]] = {
    True: (Capacity.SELF, Capacity.AGENT, Capacity.GUARDIAN),
    False: (Capacity.LEGAL_REPRESENTATIVE, Capacity.AGENT),
}


class PeopleEditor(QScrollArea):
    """`edited` carries the people after each word, `zone` a document's zone, `code` what a citizen showed.

    `left` tells that a field was left.
    """

    edited = Signal(object)
    left = Signal()
    zone = Signal(object)
    code = Signal(str)

    def __init__(self, today: date, *, asks_platform: bool) -> None:
        super().__init__()
        self._today = today
        self._now = Gathered()
        self._offered: tuple[ApplicantKind, bool] | None = None
        self._rows: dict[str, Row] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(SMALLEST)
        host = QWidget()
        self._column = QVBoxLayout(host)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(4)
        self._add(KIND, tr("申请人类型"), Choice(tr("申请人类型"), _pairs(APPLICANT_WORDS)))
        self._add_party("applicant")
        self._add("applicant.legal_representative", tr("法定代表人（负责人）"))
        self._add("applicant.address", tr("住址（住所）"), most=200)
        self._column.addWidget(rule())
        self._add(CAPACITY, tr("到场人身份"), Choice(tr("到场人身份"), ()))
        self._add_party("attendee")
        self._zone = Row(ZONE, {"title": tr("机读码"), "x-widget": "textarea", "maxLength": LONGEST_ZONE})
        self._zone.field.entered.connect(partial(bring_in_sight, self._zone))
        self._zone.field.left.connect(self._zone_left)
        self._column.addWidget(self._zone)
        self._code = Row(CODE, {"title": tr("亮证码"), "maxLength": 2000})
        self._code.field.entered.connect(partial(bring_in_sight, self._code))
        self._code.field.left.connect(self._code_left)
        if not asks_platform:  # shown before it has its place it would be a window of its own, and take the keyboard
            self._code.hide()
        self._column.addWidget(self._code)
        self.setWidget(host)

    @property
    def rows(self) -> Mapping[str, Row]:
        """The fields that this applicant and attendee have, by path."""
        return {path: row for path, row in self._rows.items() if not row.isHidden()}

    def show_people(self, now: Gathered) -> None:
        """Show them; a field with the caret in it is left alone."""
        self._now = now
        self._offer()
        for path, row in self._rows.items():
            word = self._word(path)
            if not row.field.hasFocus() or isinstance(row.field, Choice):
                row.field.put(word)
            row.tell(self._fault(path, word))

    def _zone_left(self) -> None:
        """The lines at the foot of a passport, as typed: they fill what they tell, or say what is wrong with them."""
        typed = str(self._zone.field.value())
        self._zone.tell(None)
        if not typed.strip():
            return
        try:
            document = document_of(typed, self._today)
        except CaseError as error:
            self._zone.tell(FormFault(ZONE, "", clauses([error.title, error.advice])))
            return
        self._zone.field.put("")
        self.zone.emit(document)

    def _code_left(self) -> None:
        """A code that a citizen shows on a phone, as scanned or typed: the platform knows what it stands for."""
        code = str(self._code.field.value()).strip()
        if code:
            self._code.field.put("")
            self.code.emit(code)

    def ask_code(self) -> None:
        """Give the keyboard to the code once more."""
        focus_on(self._code.field)

    def begin(self) -> None:
        """Give the keyboard to the first field that is empty."""
        seen = [row for row in self._rows.values() if not row.isHidden()]
        row = next((row for row in seen if not row.field.value()), seen[0])
        focus_on(row.field)

    def focused_place(self) -> Mapping[str, object]:
        """The field with the caret in it, and where; empty when there is none."""
        inside: QWidget | None = self.window().focusWidget()
        row = next((row for row in self._rows.values() if row.isAncestorOf(inside)), None) if inside else None
        return {} if row is None else {"field": row.path, "caret": row.field.caret()}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Give that field the keyboard."""
        row, caret = self._rows.get(str(place.get("field"))), place.get("caret")
        if row is not None and not row.isHidden():
            focus_on(row.field)
            if isinstance(caret, int):
                row.field.set_caret(caret)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its fields, within reason: item and form stay in sight."""
        within = self.widget().sizeHint()
        return QSize(within.width(), min(within.height(), LARGEST))

    def _add_party(self, part: str) -> None:
        self._add(f"{part}.name", tr("姓名或名称") if part == "applicant" else tr("姓名"), most=100)
        kinds = Choice(tr("证件类型"), _OF_PERSONS)
        self._add(f"{part}.identifier_kind", tr("证件类型"), kinds)
        self._add(f"{part}.identifier", tr("证件号码"), most=40)
        self._add(f"{part}.phone", tr("联系电话"), widget="phone", most=30)

    def _add(self, path: str, title: str, field: Choice | None = None, *, widget: str = "", most: int = 50) -> None:
        row = self._rows[path] = Row(path, {"title": title, "x-widget": widget, "maxLength": most}, field)
        row.field.edited.connect(partial(self._written, path))
        row.field.entered.connect(partial(bring_in_sight, row))
        row.field.left.connect(partial(self._left, path))
        self._column.addWidget(row)

    def _written(self, path: str) -> None:
        word = str(self._rows[path].field.value())
        if path == KIND:
            now = self._now.with_kind(ApplicantKind(word))
        elif path == CAPACITY:
            now = self._now.with_capacity(Capacity(word))
        else:
            part, _, name = path.partition(".")
            now = self._now.with_word(part, name, word)
        self.show_people(now)
        self.edited.emit(now)

    def _left(self, path: str) -> None:
        self._rows[path].tell(self._fault(path, self._word(path)))
        self.left.emit()

    def _word(self, path: str) -> str:
        if path == KIND:
            return self._now.kind.value
        if path == CAPACITY:
            return self._now.capacity.value
        part, name = path.split(".", 1)
        return str(getattr(getattr(self._now, part), name))

    def _fault(self, path: str, word: str) -> FormFault | None:
        """What is wrong with one word, as far as it can be told alone."""
        part, _, name = path.partition(".")
        party: Party = getattr(self._now, part, Party()) if name else Party()
        try:
            if name == "identifier" and word:
                check_identifier(party.identifier_kind, word, self._today)
            elif name == "phone" and word:
                check_phone(word)
        except CaseError as error:
            return FormFault(path, "", clauses([error.title, error.advice]))
        is_owed = name in {"name", "identifier"} and not word
        return FormFault(path, "", "", missing=True) if is_owed else None

    def _offer(self) -> None:
        """The fields and choices that this kind of applicant and attendee has."""
        now = self._now
        person = now.kind is ApplicantKind.PERSON
        if self._offered != (now.kind, now.is_one):
            self._offered = (now.kind, now.is_one)
            capacities = list(_CAPACITIES[person])
            if now.kind is ApplicantKind.SOLE_TRADER:
                capacities.insert(0, Capacity.SELF)
            _choice(self._rows[CAPACITY]).offer([(each.value, CAPACITY_WORDS[each]) for each in capacities])
            _choice(self._rows["applicant.identifier_kind"]).offer(_OF_PERSONS if person else _OF_ORGANISATIONS)
            for path, row in self._rows.items():
                row.setVisible(not (path.startswith("attendee.") and now.is_one))
            self._rows["applicant.legal_representative"].setVisible(not person)
        kinds = {now.applicant.identifier_kind, now.attendee.identifier_kind}
        self._zone.setVisible(IdentifierKind.PASSPORT in kinds)
        for part in ("applicant", "attendee"):
            field, party = self._rows[f"{part}.identifier"].field, getattr(now, part)
            if isinstance(field, TextField):
                field.take_as(ANY_NUMBER if party.identifier_kind is IdentifierKind.OTHER else NUMBER)


def _choice(row: Row) -> Choice:
    if not isinstance(row.field, Choice):
        raise TypeError(row.path)
    return row.field


def _pairs(worded: Mapping[ApplicantKind, str]) -> list[tuple[str, str]]:
    return [(kind.value, said) for kind, said in worded.items()]
