"""Who applies and who stands at the window: read from the card or typed, kept until there is a case to give it to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from client.desk.drafting import Drafting
from client.desk.sheet import CaseSheet
from client.errors import CaseError, DeskError
from client.ports.id_card import IdentityDocument
from client.ports.zone import document_of
from client.text import clauses, tr
from ui.clerk.intake.gathered import NOBODY, Gathered, Private, from_json, from_people
from ui.clerk.intake.people_editor import PeopleEditor
from ui.clerk.intake.people_view import PeopleView
from ui.clerk.intake.rows import Row
from ui.clerk.intake.settling import Settling
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.theme.icons import icon
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.scans import Scans

READ, READING, READ_OTHER = tr("读身份证"), tr("正在读卡…"), tr("读申请人证件")
BROKEN_SCAN = (
    tr("扫描的机读码不完整，没有录入"),
    tr("请把证件资料页放平再扫一次；仍不完整的，请按Ctrl+F2录入并核对证件"),
)
NOT_TAKEN = (tr("这件现在不能改，扫描的证件没有录入"), tr("请在下一位办件打开后再扫一次"))
CASE = "case"  # in what is kept: the case the people were gathered for


class PeoplePanel(Panel):
    """The people of the case on the table, or of the one to come. `changed` tells that other words stand in it."""

    changed = Signal()

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("申请人"))
        self._seat = seat
        self._work = work
        self._of: int | None = None
        self._now = self._kept = self._asked = NOBODY
        self._photo: tuple[str, bytes | None] = ("", None)  # whose, and what it looks like: it stays in memory
        self._writes = 0  # on their way: sheets that come meanwhile tell of older people
        self._turn = 0  # counts the readings: an answer to one that was given up comes too late
        self._reading = False
        self._went_to: QWidget | None = None
        self._leaving = self._wanted = False  # the case is being put away; a card was asked for meanwhile
        self._editable = True
        self._editor: PeopleEditor | None = None
        self._edit = KeyButton(tr("录入"), seat.keys["edit_people"], self._toggle, look="quiet")
        self._read = KeyButton(READ, seat.keys["read_card"], self.read, look="quiet")
        match = KeyButton(tr("人证一致"), seat.keys["person_matches"], self._match, look="verb", heard=False)
        match.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = words(
            tr("按 {read} 读身份证，或按 {edit} 录入").format(
                read=seat.keys["read_card"], edit=seat.keys["edit_people"]
            ),
            "small",
            wrap=True,
        )
        self._view = PeopleView(match, icon("person", seat.tokens, ink="ink_3").pixmap(28, 28))
        self.header.addStretch(1)
        for button in (self._edit, self._read):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # their keys are heard everywhere: Tab goes through fields
            self.header.addWidget(button)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._view)
        self._settling = Settling(seat.house.counter.folding)
        self._settling.settled.connect(self._settled)
        self.body.addWidget(self._settling)
        pressed = QShortcut(QKeySequence(seat.keys["person_matches"]), self, context=Qt.ShortcutContext.WindowShortcut)
        pressed.activated.connect(self._match)
        scans = Scans(self)
        scans.scanned.connect(self._scanned)
        scans.broken.connect(partial(seat.notices.warn, *BROKEN_SCAN))
        work.opened.connect(self._opened)
        work.changed.connect(self._see)
        seat.tasks.broke.connect(partial(self.leave, on=False))
        self._paint()

    def begin(self) -> None:
        """Take the keyboard, at the first thing that is wanting."""
        self._open_editor().begin()

    def read(self) -> None:
        """Read the card that lies on the reader; while a case is being put away, it is that of whoever comes next."""
        self._wanted = self._leaving
        if self._reading or self._leaving or not self._editable:
            return
        reader, notices = self._seat.hands.reader, self._seat.notices
        if reader is None:
            notices.warn(tr("本窗口没有设置身份证阅读器"), tr("请对照证件录入；需要读卡的，请大厅管理员登记阅读器"))
            self.begin()
            return
        self._ask(reader.read, tr("正在读卡，请把证件平放在阅读器上"))

    def _show(self, code: str) -> None:
        """A citizen showed a code; only the platform knows the document behind it."""
        sender = self._seat.hands.sender
        if sender is not None and not self._reading and not self._leaving and self._editable:
            self._ask(partial(sender.shown, code), tr("正在向平台查询亮证码"))
            QTimer.singleShot(0, self, self._see_keyboard)

    def _ask(self, read: Callable[[], IdentityDocument], words: str) -> None:
        """One reading at a time, on the reader's own lane."""
        self._turn, self._reading, self._went_to = self._turn + 1, True, None
        self._paint()
        self._seat.tasks.run(
            self._seat.lanes.reader,
            read,
            partial(self._was_read, self._turn),
            partial(self._not_read, self._turn),
            owner=self,
            words=words,
            cancel=self._give_up,
        )

    def leave(self, *, on: bool) -> None:
        """The case is being put away, or stays after all."""
        self._leaving, self._wanted = on, False

    def save(self) -> None:
        """Hand what is not saved to the desk, and say what it would not take."""
        if self._work.case_id is None or self._work.case_id != self._of or not self._is_unsaved:
            return
        error = self._error()
        if error is None:
            self._settle()
            return
        self._seat.notices.error(error)
        self._open_editor()

    def pending(self) -> Mapping[str, object]:
        """People no case has yet, JSON values for the encrypted store alone; empty when there are none."""
        return {**self._now.as_json(), CASE: self._of} if self._is_unsaved else {}

    @property
    def rows(self) -> Mapping[str, Row]:
        """The fields people are typed in, by path; none while they are only shown."""
        return self._editor.rows if self._editor is not None and self._is_editing else {}

    @property
    def is_being_saved(self) -> bool:
        """Whether people are on their way to the store."""
        return self._writes > 0

    def take(self, pending: Mapping[str, object]) -> None:
        """What `pending` told before; nothing clears the panel. Called before its case is loaded."""
        case_id = pending.get(CASE)
        self._of = case_id if isinstance(case_id, int) else None
        self._now, self._kept = from_json(pending), NOBODY
        self._close_editor()
        if not self._now.is_blank and self._error() is not None:
            self._open_editor()
        self._paint()

    def focused_place(self) -> Mapping[str, object]:
        """Where the caret is, for `go_to` after a restart; empty when it is not here."""
        return self._editor.focused_place() if self._editor is not None and self._is_editing else {}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Put the caret where it was."""
        if self._editable:
            self._open_editor().go_to(place)

    @property
    def _is_unsaved(self) -> bool:
        return self._now != self._kept

    def _was_read(self, turn: int, document: IdentityDocument) -> None:
        if turn != self._turn:
            return
        self._reading = False
        self._seat.notices.clear()  # of a reading before this one
        self._now = self._now.with_document(document)
        if self._now.attendee.identifier == document.number:  # not where it is the card of whom they came for
            self._photo = document.number, document.photo_picture
        self._paint()
        self._seat.narrator.tell("card-read")
        self._settle()

    def _scanned(self, zone: str) -> None:
        """A reader that types sent the lines of a passport."""
        try:
            self._take_zone(document_of(zone, self._seat.house.counter.today()))
        except CaseError as error:
            self._seat.notices.error(error)

    def _take_zone(self, document: IdentityDocument) -> None:
        if self._leaving or not self._editable:
            self._seat.notices.warn(*NOT_TAKEN)
            return
        self._now = self._now.with_document(document)
        self._paint()
        self._seat.narrator.tell("zone-read")
        self._settle()

    def _not_read(self, turn: int, error: DeskError) -> None:
        if turn == self._turn:
            self._give_up()
            self._seat.notices.error(error)
            if self._went_to is not None and self._went_to is self.window().focusWidget() and self._editor is not None:
                self._editor.ask_code()  # or a scanner that types would choose something where Enter led

    def _see_keyboard(self) -> None:
        """Where Enter led from the code: if nobody went on from there, another code is asked for."""
        self._went_to = self.window().focusWidget()

    def _give_up(self) -> None:
        """The reader cannot be stopped, but nobody waits for it any longer."""
        self._turn, self._reading = self._turn + 1, False
        self._paint()

    def _match(self) -> None:
        """The clerk looked at the person and at the card; or takes it back."""
        if self._now.card_read and self._editable:
            self._now = replace(self._now, matched=not self._now.matched)
            self._paint()
            self._settle()

    def _settled(self, about: Private, character: str) -> None:
        """The clerk saw which character is printed on the card."""
        self._now = self._now.with_settled(about, character, self._seat.house.counter.folding)
        self._paint()
        self._settle()

    def _opened(self, case_id: int) -> None:
        if self._of is None:
            self._of = case_id

    def _see(self, sheet: CaseSheet | None) -> None:
        if sheet is None or sheet.case_id != self._of:
            self._of = None if sheet is None else sheet.case_id
            self._now = self._kept = self._asked = NOBODY
            self._photo = "", None
            self._writes = 0
            self._turn, self._reading = self._turn + 1, False  # a card on its way is of whoever was here before
            self._close_editor()
        if sheet is not None:
            self._editable = sheet.editable
            self._adopt(sheet)
        else:
            self._editable = True
        self._paint()
        if not self._writes and sheet is not None and sheet.editable:
            self._settle()
        wanted = self._wanted and sheet is None
        if sheet is None:
            self.leave(on=False)
        if wanted:
            self.read()

    def _adopt(self, sheet: CaseSheet) -> None:
        """Take the people of the case, unless something newer stands here."""
        if self._writes or (self._is_unsaved and sheet.editable):
            return
        self._now = self._kept = from_people(sheet.applicant, sheet.attendee, self._now, sheet.readings)

    def _settle(self) -> None:
        """Save the people as soon as they are right; what is not right yet can wait."""
        if self._is_unsaved and self._now != self._asked and self._error() is None and self._of is not None:
            self._write()

    def _error(self) -> CaseError | None:
        try:
            self._now.check(self._seat.house.counter.today())
        except CaseError as error:
            return error
        return None

    def _write(self) -> None:
        applicant, attendee = self._now.people()
        counter, asked = self._seat.house.counter, self._now
        if self._work.write(
            lambda case, by: Drafting(counter).set_people(case, by, applicant, attendee, asked.readings),
            partial(self._was_kept, asked),
            self._not_kept,
        ):
            self._asked = asked
            self._writes += 1

    def _was_kept(self, asked: Gathered, notices: tuple[str, ...]) -> None:
        self._writes = max(self._writes - 1, 0)
        sheet = self._work.sheet
        if sheet is None or sheet.case_id != self._of:
            return
        saved = from_people(sheet.applicant, sheet.attendee, asked, sheet.readings)
        self._kept = saved
        if self._now == asked:
            self._now = saved
        self._asked = NOBODY
        self._paint()
        self._seat.narrator.tell("people-saved", case=sheet.case_id)
        if notices:
            first, *others = notices
            self._seat.notices.warn(first, clauses(others))

    def _not_kept(self, error: DeskError) -> None:
        self._writes = max(self._writes - 1, 0)
        self._asked = NOBODY
        self._seat.notices.error(error)

    def _typed(self, now: Gathered) -> None:
        self._now = now
        self._say_buttons()
        self.changed.emit()

    def _toggle(self) -> None:
        if self._is_editing:
            self._close_editor()
            self._paint()
            self.save()
        elif self._editable:
            self.begin()

    def _open_editor(self) -> PeopleEditor:
        if self._editor is None:
            asks = self._seat.hands.sender is not None
            self._editor = PeopleEditor(self._seat.house.counter.today(), asks_platform=asks)
            self._editor.edited.connect(self._typed)
            self._editor.left.connect(self._left_field)
            self._editor.zone.connect(self._take_zone)
            self._editor.code.connect(self._show)
            self.body.addWidget(self._editor)
        self._editor.show_people(self._now)
        self._editor.show()
        self._paint()
        return self._editor

    def _close_editor(self) -> None:
        if self._editor is not None:
            self._editor.hide()

    def _left_field(self) -> None:
        self._settle()
        QTimer.singleShot(0, self, self._close_if_left)

    def _close_if_left(self) -> None:
        """What is right and left behind needs no fields any more."""
        focus: QWidget | None = self.window().focusWidget()
        if self._editor is None or (focus is not None and self.isAncestorOf(focus)):
            return
        if not self._now.is_blank and self._error() is None:
            self._close_editor()
            self._paint()

    @property
    def _is_editing(self) -> bool:
        return self._editor is not None and not self._editor.isHidden()

    def _paint(self) -> None:
        now, editing = self._now, self._is_editing
        if self._editor is not None and editing:
            self._editor.show_people(now)
        self._hint.setVisible(now.is_blank and not editing)
        self._view.setVisible(not now.is_blank and not editing)
        self._view.show_people(self._settling.show_people(now, editable=self._editable and not editing))
        number, picture = self._photo
        self._view.show_photo(picture if now.card_read and now.attendee.identifier == number else None)
        self._say_buttons()
        self.changed.emit()

    def _say_buttons(self) -> None:
        now = self._now
        self._read.say(READING if self._reading else READ_OTHER if now.wants_applicants_card else READ)
        self._edit.say(tr("完成") if self._is_editing else tr("录入") if now.is_blank else tr("更正"))
        for button in (self._read, self._edit):
            button.setEnabled(self._editable)
