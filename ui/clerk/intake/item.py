"""What is applied for: the item found by name, pinyin or code, its situations and the way of collection."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from client.catalogue import Catalogue
from client.desk.drafting import Drafting
from client.desk.item_search import ItemFinder
from client.desk.sheet import CaseSheet
from client.errors import DeskError
from client.retold import retold
from client.rules.items import ATTENDEE, AcceptanceMode, CaseClass, Item
from client.text import labelled, tr
from ui.clerk.intake.search import Search
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.theme.style import set_mark
from ui.widgets.choices import Choice
from ui.widgets.elided import Elided
from ui.widgets.fields import bring_in_sight, go_on
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

CLASS_WORDS: Mapping[CaseClass, str] = MappingProxyType(
    {CaseClass.IMMEDIATE: tr("即办件"), CaseClass.PROMISED: tr("承诺件")}
)
MODE_WORDS: Mapping[AcceptanceMode, str] = MappingProxyType(
    {AcceptanceMode.WINDOW: tr("窗口受理"), AcceptanceMode.DEPARTMENT: tr("部门受理")}
)


class ItemPanel(Panel):
    """The item of the case on the table. Choosing one on a clear table opens a draft of it.

    What is answered takes little room: the fields are in sight while something is open, or the caret is in them.
    """

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("事项"))
        self._seat = seat
        self._work = work
        self._sheet: CaseSheet | None = None
        self._finder: ItemFinder | None = None
        self._finds_in: Catalogue | None = None
        self._chosen_now = False  # the keyboard goes on as soon as the choice is on disk
        self._choosing = 0  # choices on their way: what comes back of older ones is not shown
        self._choices: dict[str, Choice] = {}
        self.search = Search()
        self._name = words("", "strong", wrap=True)
        self._facts = (Elided("", "small"), Elided("", "small"))
        self._answers = Elided("", "small")
        self._questions = QWidget()
        find = KeyButton(tr("搜索"), seat.keys["find_item"], self._search, look="quiet")
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is heard everywhere: Tab and Enter go through fields
        self.header.addStretch(1)
        self.header.addWidget(find)
        facts = QVBoxLayout()
        facts.setSpacing(1)
        for line in (*self._facts, self._answers):
            facts.addWidget(line)
        self.body.addWidget(self.search)
        self.body.addWidget(self._name)
        self.body.addLayout(facts)
        self.body.addWidget(self._questions)
        self._show_item(None)
        self.search.sought.connect(self._find)
        self.search.field.entered.connect(self._entered)
        self.search.field.left.connect(self._left)
        self.search.chosen.connect(self._choose)
        self.search.passed.connect(lambda: go_on(self.search.field))
        work.changed.connect(self._see)
        self._make_finder()

    def begin(self) -> None:
        """Give the keyboard to the first question without an answer, or to the search."""
        for choice in self._choices.values():
            if not choice.value():
                choice.setFocus()
                return
        self._search()

    def focused_place(self) -> Mapping[str, object]:
        """Where the caret is, and what is sought; for `go_to` after a restart. Empty when it is not here."""
        inside: QWidget | None = self.window().focusWidget()
        if inside is self.search.field:
            return {"field": "", "sought": self.search.field.value()}
        return next(({"field": key} for key, choice in self._choices.items() if choice is inside), {})

    def go_to(self, place: Mapping[str, object]) -> None:
        """Put the caret where it was."""
        field, sought = place.get("field"), place.get("sought")
        choice = self._choices.get(str(field))
        if choice is not None:
            self._questions.show()
            choice.setFocus()
        elif field == "" and isinstance(sought, str):
            self._search()
            self.search.go_on(sought)

    def _search(self) -> None:
        self._make_finder()
        self.search.show()
        self._questions.setVisible(self._sheet is not None)
        self.search.begin()

    def _make_finder(self) -> None:
        """Look through what is offered now: the platform may have sent other items meanwhile."""
        seat, in_force = self._seat, self._seat.house.counter.in_force

        def made() -> tuple[Catalogue, ItemFinder] | None:
            catalogue = in_force.catalogue
            return None if catalogue is self._finds_in else (catalogue, ItemFinder(catalogue.newest()))

        seat.tasks.run(seat.lanes.looks, made, self._found_finder, owner=self)

    def _found_finder(self, made: tuple[Catalogue, ItemFinder] | None) -> None:
        if made is None:
            return
        self._finds_in, self._finder = made
        self._seat.narrator.tell("items-ready")
        if self.search.field.hasFocus():
            self._entered()

    def _entered(self) -> None:
        bring_in_sight(self.search)
        if self._sheet is None or self.search.field.value():
            self.search.seek()

    def _find(self, sought: str) -> None:
        """A hall has thousands of items: they are looked through beside the screen's thread."""
        finder = self._finder
        if finder is not None:
            found = partial(self.search.show_found, sought)
            self._seat.tasks.run(self._seat.lanes.looks, lambda: finder.find(sought), found, owner=self)

    def _choose(self, item: Item) -> None:
        sheet, counter = self._sheet, self._seat.house.counter
        if sheet is None:
            self._chosen_now = self._work.open(item, failed=self._not_chosen)
        elif _is_same(sheet.item, item):
            self._go_on()
        else:
            self._chosen_now = self._work.write(
                lambda case, by: Drafting(counter).change_item(case, by, item), failed=self._not_chosen
            )

    def _not_chosen(self, error: DeskError) -> None:
        """The case has the item it had, and no later answer takes the keyboard along."""
        self._chosen_now = False
        self._seat.notices.error(error)

    def _see(self, sheet: CaseSheet | None) -> None:
        before = self._sheet
        self._sheet = sheet
        fresh = sheet is None or before is None or before.case_id != sheet.case_id
        if fresh or sheet is None or before is None or not _is_same(before.item, sheet.item):
            self._choosing = 0
            self._show_item(sheet.item if sheet is not None else None)
        if sheet is None:
            return
        self._questions.setEnabled(sheet.editable)
        if not self._choosing:
            for key, choice in self._choices.items():
                choice.put(sheet.situations.get(key) if key != _COLLECTION else sheet.collection)
                self._tell_open(key)
        if fresh:
            self.search.list.hide()
        if self._chosen_now or (fresh and self.search.field.hasFocus()):
            self._go_on()
        else:
            self._fit()

    def _go_on(self) -> None:
        self._chosen_now = False
        self.begin()
        if self.search.field.hasFocus():  # everything is answered
            go_on(self.search.field)

    def _left(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Show as much as is needed now."""
        focus: QWidget | None = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        is_open = not all(choice.value() for choice in self._choices.values())
        chosen = self._sheet is not None
        self.search.setVisible(inside or not chosen)
        self._questions.setVisible(chosen and (inside or is_open))
        self._answers.setVisible(chosen and not inside and not is_open)
        said = [labelled(choice.accessibleName(), choice.currentText()) for choice in self._choices.values()]
        self._answers.setText(" · ".join(reversed(said)))
        self._answers.setToolTip("\n".join(said))

    def _show_item(self, item: Item | None) -> None:
        for label in (self._name, *self._facts):
            label.setVisible(item is not None)
        if item is None:
            self._choices = {}
            self._fit()
            return
        self._name.setText(item.name)
        window, limits = self._facts
        window.setText(" · ".join([item.organ.name, MODE_WORDS[item.acceptance_mode], CLASS_WORDS[item.case_class]]))
        version = tr("目录第{version}版").format(version=item.version)
        limits.setText(f"{retold(item.limit_words)} · {item.fee} · {version}")
        for line in self._facts:
            line.setToolTip(line.text())
        self._ask(item)

    def _ask(self, item: Item) -> None:
        """Its questions, and how the result is collected. Who stands at the window is no question."""
        questions = QWidget()
        grid = QGridLayout(questions)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        asked = [each for each in item.situations if each.key != ATTENDEE]
        pairs = [(each.key, each.question, [(o.key, o.label) for o in each.options]) for each in asked]
        pairs.append((_COLLECTION, tr("领取方式"), [(way.key, way.label) for way in item.collection]))
        self._choices = {}
        before: QWidget = self.search.field
        for line, (key, question, options) in enumerate(pairs):
            choice = self._choices[key] = Choice(question, options)
            choice.setObjectName(f"situation.{key}")
            grid.addWidget(words(question, "small", wrap=True), line, 0)
            grid.addWidget(choice, line, 1)
            choice.edited.connect(partial(self._answered, key))
            choice.entered.connect(partial(bring_in_sight, choice))
            choice.left.connect(self._left)
        self.body.removeWidget(self._questions)
        self._questions.hide()
        self._questions.deleteLater()
        self._questions = questions
        self.body.addWidget(questions)
        for choice in self._choices.values():
            QWidget.setTabOrder(before, choice)
            before = choice

    def _answered(self, key: str) -> None:
        """Save all answers; each choice is one write, in their order."""
        self._tell_open(key)
        situations = {each: c.value() for each, c in self._choices.items() if each != _COLLECTION and c.value()}
        collection = self._choices[_COLLECTION].value() or None
        counter = self._seat.house.counter
        if self._work.write(
            lambda case, by: Drafting(counter).choose(case, by, situations, collection), self._kept, self._not_kept
        ):
            self._choosing += 1

    def _kept(self, _nothing: None) -> None:
        self._choosing = max(self._choosing - 1, 0)
        self._seat.narrator.tell("situations-saved", case=self._work.case_id)

    def _not_kept(self, error: DeskError) -> None:
        self._choosing = max(self._choosing - 1, 0)
        self._seat.notices.error(error)

    def _tell_open(self, key: str) -> None:
        if key != _COLLECTION:
            set_mark(self._choices[key], "wanting", on=not self._choices[key].value())


_COLLECTION = "#collection"  # no situation can have this key


def _is_same(one: Item, other: Item) -> bool:
    return (one.task_handle_item, one.version) == (other.task_handle_item, other.version)
