"""The form of the case on the table, as its item's schema asks for it: saved while it is typed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal

from client.desk.drafting import Drafting, amended
from client.desk.sheet import CaseSheet
from client.desk.staff import Staff
from client.errors import DeskError, StoreError
from client.text import tr
from ui.clerk.intake.answers import Answers
from ui.clerk.intake.form_body import FormBody
from ui.clerk.intake.rows import Row
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.unkept import Held, changed
from ui.widgets.chips import Chip, Tone
from ui.widgets.panel import Panel

PAUSE = 300  # milliseconds without a key after which what was typed is saved
LONGEST = 700  # and how long it waits while the typing goes on: at most a second of it is ever lost
AGAIN = 3_000  # milliseconds after which a store that failed is tried again

NO_FORM: Mapping[str, Any] = {"properties": {}}


class FormPanel(Panel):
    """The fields of the case on the table.

    What a person types is never overwritten: the sheets that come back are answers to older saves, and only what
    somebody else wrote is taken from them, while nothing here waits to be saved.
    """

    built = Signal()  # all fields are there
    edited = Signal()  # something was typed

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("表单"))
        self._seat = seat
        self._work = work
        self._sheet: CaseSheet | None = None
        self._answers = Answers(NO_FORM, {})
        self._revision = self._saved = 0
        self._refused = False  # at the last try
        self._place: Mapping[str, object] = {}  # to be taken when the next case comes
        self._chip = Chip()
        self.differing = Chip()  # how many fields say something else than the page that is looked at
        for chip in (self._chip, self.differing):
            self.header.addWidget(chip)
        self.header.addStretch(1)
        self._form = FormBody(self._answer, seat.tasks)
        self.body.addWidget(self._form, 1)
        self._pause, self._longest, self._again = QTimer(self), QTimer(self), QTimer(self)
        for timer, act in ((self._pause, self.save), (self._longest, self.save), (self._again, self._save_again)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self._form.edited.connect(self._edited)
        self._form.left.connect(self.save)
        self._form.built.connect(self._built)
        self._form.entered.connect(lambda path: seat.narrator.tell("field", path=path))
        self._form.add_asked.connect(self._add_entry)
        self._form.remove_asked.connect(self._remove_entry)
        work.changed.connect(self._see)

    @property
    def unsaved(self) -> bool:
        """Whether something stands on the screen that the store has not confirmed."""
        return self._revision != self._saved

    @property
    def is_being_saved(self) -> bool:
        """Whether what stands on the screen is on its way to the store."""
        return self.unsaved and not self._refused

    @property
    def refused(self) -> bool:
        """Whether the store would not take what stands on the screen."""
        return self.unsaved and self._refused

    @property
    def is_coming(self) -> bool:
        """Whether its fields, or the one where the caret was, are not there yet."""
        return bool(self._place) or self._form.building

    @property
    def rows(self) -> Mapping[str, Row]:
        """Its fields by path, as far as they are built."""
        return self._form.rows

    def save(self) -> None:
        """Hand what is not saved to the store now."""
        self._save(self._seat.acting)

    def give_up(self) -> None:
        """Let go of what the store would not take: whoever typed it was told, and wants it no longer."""
        if self.refused and self._sheet is not None:
            self._saved = self._revision
            self._seat.unkept.drop(self._seat.session.number, self._sheet.case_id)

    def _save_again(self) -> None:
        """Nobody asked for it: a store that goes on failing keeps no window from locking."""
        self._save(self._seat.present)

    def _save(self, who: Callable[[], Staff | None]) -> None:
        """Held in memory first: the window may be locked by now, and the store may fail."""
        for timer in (self._pause, self._longest, self._again):
            timer.stop()
        sheet = self._sheet
        if sheet is None or not self.unsaved or not sheet.editable:
            return
        unkept, answers, case_id = self._seat.unkept, self._answers.snapshot(), sheet.case_id
        held = Held(self._seat.session.number, case_id, changed(answers, sheet.answers))
        unkept.put(held)
        by = who()
        if by is None:
            return
        fill = partial(Drafting(self._seat.house.counter).fill, case_id, by, answers)
        done = partial(self._kept, case_id, self._revision)
        if self._work.case_id == case_id:
            self._work.write_as(by, lambda _case, _by: unkept.keep(held, fill), done, partial(self._not_kept, case_id))
        else:  # it was put away with something unsaved in it
            self._seat.tasks.run(self._seat.lanes.store, partial(unkept.keep, held, fill), done, owner=self)

    def focus_field(self, path: str) -> None:
        """Bring the clerk to a field, or to the first of a group; as soon as it is built."""
        self._form.focus_field(path)

    def first_fault(self) -> str:
        """Path of the first field that is missing or wrong; "" when none is."""
        return self._sheet.faults[0].field if self._sheet is not None and self._sheet.faults else ""

    def focused_place(self) -> dict[str, object]:
        """Where the caret is, and which fields follow nobody any more; for `go_to` after a restart."""
        by_hand = sorted(self._answers.by_hand)
        place: dict[str, object] = {"by_hand": by_hand} if by_hand else {}
        row = self._form.focused()
        return place if row is None else {**place, "field": row.path, "caret": row.field.caret()}

    def go_to(self, place: Mapping[str, object]) -> None:
        """Put the caret where it was. Called before the case is loaded, or after."""
        if self._sheet is None:
            self._place = place
            return
        self._answers.by_hand.update(_by_hand(place))
        path, caret = place.get("field"), place.get("caret")
        if isinstance(path, str) and isinstance(caret, int):
            self._form.focus_field(path, caret)

    def _see(self, sheet: CaseSheet | None) -> None:
        before = self._sheet
        if sheet is None or before is None or not _same_form(before, sheet):
            self.save()
            self._take_up(sheet)
            return
        self._sheet = sheet
        if not self.unsaved and sheet.answers != self._answers.values:
            self._adopt(sheet)
        self._follow(sheet)
        self._mark()

    def _take_up(self, sheet: CaseSheet | None) -> None:
        """Another case or item: its fields instead of those that stand there."""
        self._sheet, self._saved, self._refused = sheet, self._revision, False
        if sheet is None:
            self._answers = Answers(NO_FORM, {})
            self._form.show_form(NO_FORM)
            self._mark()
            return
        place, self._place = self._place, {}
        mine = self._untaken(sheet)
        self._answers = Answers(sheet.item.form, amended(sheet.answers, mine), _by_hand(place))
        if mine:
            self._changed()
        self._form.show_form(sheet.item.form)
        self._form.set_editable(editable=sheet.editable)
        self._follow(sheet)
        self.go_to(place)

    def _untaken(self, sheet: CaseSheet) -> Mapping[str, Any]:
        """What whoever sits here typed before the window locked, and the store has not taken yet."""
        held = self._seat.unkept.changes(self._seat.session.number, sheet.case_id) if sheet.editable else {}
        return {key: value for key, value in held.items() if key in sheet.item.form["properties"]}

    def _answer(self, path: str) -> object:
        return self._answers.get(path)

    def _built(self) -> None:
        self._mark()
        if self._sheet is not None:
            self._seat.narrator.tell("form-built", case=self._sheet.case_id)
            self.built.emit()

    def _edited(self, path: str) -> None:
        row = self._form.rows[path]
        self._answers.put(path, row.field.value())
        row.say_auto(auto=False)
        self._changed()

    def _changed(self) -> None:
        self._revision += 1
        self._pause.start(PAUSE)
        if not self._longest.isActive():
            self._longest.start(LONGEST)
        self.edited.emit()

    def _follow(self, sheet: CaseSheet) -> None:
        """Fill what the form knows by itself."""
        self._form.set_editable(editable=sheet.editable)
        if not sheet.editable:
            return
        keys = self._answers.fill_from(sheet.applicant, sheet.attendee, sheet.readings)
        for key in keys:
            if key in self._form.rows:
                self._form.rows[key].field.put(self._answers.get(key))
        if keys:
            self._revision += 1
            self.save()

    def _adopt(self, sheet: CaseSheet) -> None:
        """Somebody else changed the case: show it, but never over a field that has the caret."""
        self._answers = Answers(sheet.item.form, sheet.answers, self._answers.by_hand)
        focused = self._form.focused()
        for path, row in self._form.rows.items():
            if row is not focused:
                row.field.put(self._answers.get(path))

    def _add_entry(self, path: str) -> None:
        self._answers.add(path)
        self._changed()
        self._form.rebuild_group(path, f"{path}.{len(self._answers.get(path)) - 1}")

    def _remove_entry(self, path: str, place: int) -> None:
        self._answers.remove(path, place)
        self._changed()
        self.save()
        self._form.rebuild_group(path, f"{path}.{max(place - 1, 0)}")

    def _mark(self) -> None:
        """Say of each field where it comes from, and what the desk says of it."""
        if self._sheet is None:
            self._chip.say("")
            return
        faults = self._sheet.faults
        by_path = {fault.field: fault for fault in reversed(faults)}
        for path, row in self._form.rows.items():
            row.tell(by_path.get(path))
            row.say_auto(auto=path in self._answers.auto)
            row.say_against(self._answers.against(path) if self._sheet.editable else "")
        for path, group in self._form.groups.items():
            group.tell(by_path.get(path))
        filled, total, auto = self._answers.counts(faults)
        wrong = sum(not fault.missing for fault in faults)
        said = tr("已填 {filled}/{total}（自动 {auto}）").format(filled=filled, total=total, auto=auto)
        if wrong:
            said += " · " + tr("有误 {count}").format(count=wrong)
        self._chip.say(said, Tone.BAD if wrong else Tone.GOOD if filled == total else Tone.BRAND)

    def _kept(self, case_id: int, revision: int, _sentences: tuple[str, ...]) -> None:
        if self._sheet is not None and self._sheet.case_id == case_id:
            self._saved, self._refused = max(self._saved, revision), False
            self._seat.narrator.tell("form-saved", case=case_id)

    def _not_kept(self, case_id: int, error: DeskError) -> None:
        self._seat.notices.error(error)
        if self._sheet is None or self._sheet.case_id != case_id:
            return
        self._refused = True
        if isinstance(error, StoreError):
            self._again.start(AGAIN)


def _same_form(one: CaseSheet, other: CaseSheet) -> bool:
    return (one.case_id, one.item.task_handle_item, one.item.version) == (
        other.case_id,
        other.item.task_handle_item,
        other.item.version,
    )


def _by_hand(place: Mapping[str, object]) -> list[str]:
    kept = place.get("by_hand")
    return [str(key) for key in kept] if isinstance(kept, list) else []
