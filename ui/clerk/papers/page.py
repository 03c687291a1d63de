"""文书: every paper of this window, found by what stands on it; its page beside the list, and what is done about it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.desk.paper_finding import PaperFound, PaperKey, find
from client.text import tr
from ui.clerk.paper_view import PaperView
from ui.clerk.papers.columns import paper_columns
from ui.clerk.papers.detail import PaperDetail
from ui.clerk.papers.numbers import NumberBook
from ui.clerk.papers.proof import Proof
from ui.clerk.papers.sought import Sought
from ui.live import LivePage
from ui.seat import Seat
from ui.theme.style import set_look
from ui.widgets.keys import KeyButton
from ui.widgets.paging import Ask, Found, Paging
from ui.widgets.panel import Panel, words
from ui.widgets.table import Table

NOTHING = 0  # no paper has this id
LIST, NUMBERS = range(2)  # the parts of the page
CHOSEN = 150  # milliseconds a row is stayed on before its page is drawn
GAP = 10


class PapersPage(LivePage):
    name = tr("文书", "page")
    icon = "papers"
    place_name = "papers"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        columns = paper_columns(seat.house.counter.today())
        nothing = tr("没有符合条件的文书；名称中间的字和办件编号末几位，只在最近两万件中查找")
        self.table = Table(tr("文书列表"), columns, seat.tokens, nothing)
        self.sought = Sought(self)
        self.paging = Paging(seat, self.table, lambda paper: paper.paper_id, self._question, self._say_count)
        self.paper = PaperView(seat, leaves=False)
        self.proof = Proof(seat)
        self.detail = PaperDetail(seat)
        self.numbers = NumberBook(seat)
        self._count = words("", "small")
        self._seen: object = None  # what of the paper in sight was drawn
        self._proven: int | None = NOTHING  # of which paper the proof speaks; None: of one of another window
        self._wanted: object = None  # a paper to choose as soon as it is in the list
        self._settled = QTimer(self, interval=CHOSEN, singleShot=True)
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        super().shown()
        self._turn_to(self._parts.currentIndex())

    def left(self) -> None:
        super().left()
        self.detail.close_forms()
        self.numbers.ask.hide()
        self._show_paper()

    def refresh(self) -> None:
        self.paging.again()

    def place(self) -> Mapping[str, object]:
        row = self.table.row
        return {**self.sought.place(), "part": self._parts.currentIndex(), "paper": row.paper_id if row else None}

    def go_to(self, place: Mapping[str, object]) -> None:
        self._wanted = place.get("paper")
        self.sought.go_to(place)
        self._turn_to(NUMBERS if place.get("part") == NUMBERS else LIST)

    @property
    def is_open(self) -> bool:
        is_asked = self.detail.asks or not self.numbers.ask.isHidden()
        return is_asked or self._beside.currentWidget() is self.proof

    def put_away(self) -> None:
        if not self.numbers.ask.isHidden():
            self.numbers.ask.end()
            return
        if self.detail.asks:
            self.detail.close_forms()
        else:
            self._show_paper()
        self.table.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        if urls := [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]:
            self._turn_to(LIST)
            self._prove_given(urls[0])

    def _question(self) -> Ask[PaperFound]:
        counter, wish = self.seat.house.counter, self.sought.wish

        def ask(after: object | None, count: int) -> Found[PaperFound]:
            found = find(counter, wish, after if isinstance(after, PaperKey) else None, count)
            return Found(found.papers, found.more)

        return ask

    def _say_count(self) -> None:
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        count = len(self.table.lines.lines)
        self._count.setText(tr("{count} 份").format(count=f"{count}" if self.paging.all_here else f"{count}+"))
        self._look()  # what is chosen may stand otherwise by now

    def _look(self) -> None:
        """The chosen row at once where it was in sight; another when somebody stays on it."""
        row = self.table.row
        if row is None or (self._seen is not None and self._seen == _look_of(row)):
            self._read_chosen()
        else:
            self._settled.start()

    def _read_chosen(self) -> None:
        row = self.table.row
        look = None if row is None else _look_of(row)
        if row is None:
            self.paper.say(tr("没有选中文书"))
        elif look != self._seen and row.rendered:
            self.paper.show_paper(row)
        elif look != self._seen:
            self.paper.say(tr("文书正在生成"))
        self._seen = look
        self.detail.show_paper(row)

    def _turn_to(self, part: int) -> None:
        self._parts.setCurrentIndex(part)
        for number, button in enumerate(self._tabs):
            set_look(button, "main" if number == part else "quiet")
        for widget in (self.sought.words, self._count, self._beside_list):
            widget.setVisible(part == LIST)
        if part == NUMBERS:
            self.numbers.read()
        (self.numbers if part == NUMBERS else self.table).setFocus()

    def _search(self) -> None:
        self._turn_to(LIST)
        self.sought.words.setFocus()
        self.sought.words.selectAll()

    def _type_on(self, begun: str) -> None:
        """A scanner types wherever the keyboard is."""
        self._search()
        self.sought.words.setText(begun)

    def _prove(self) -> None:
        """Whether the chosen paper, as it lies in the store, is genuine."""
        row = self.table.row
        if row is not None:
            self._show_proof(row.paper_id)
            self.proof.prove_paper(row)

    def _prove_given(self, what: str) -> None:
        self._show_proof(None)
        self.proof.prove(what, self._known)

    def _known(self, words_of_paper: str, paper_id: int | None) -> None:
        """The code was read: the list shows the paper it is on, where it is one of this window."""
        self._wanted = self._proven = paper_id
        self.sought.seek(words_of_paper)
        self.table.setFocus()

    def _show_proof(self, of: int | None) -> None:
        self._proven = of
        self._beside.setCurrentWidget(self.proof)

    def _show_paper(self) -> None:
        self._proven = NOTHING
        self._beside.setCurrentWidget(self.paper)

    def _choose(self) -> None:
        """Beside the paper of which the proof speaks it stays, as long as nobody puts it away."""
        row = self.table.row
        of_it = self._proven == (row.paper_id if row is not None else None)
        self._beside.setCurrentWidget(self.proof if of_it else self.paper)
        self._settled.start()

    def _listen(self) -> None:
        self._settled.timeout.connect(self._read_chosen)
        self.sought.changed.connect(self.paging.begin)
        self.sought.ended.connect(self.table.setFocus)
        self.sought.to_judge.connect(self._prove_given)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.paper.begin)
        self.table.typed.connect(self._type_on)
        self.detail.prove.connect(self._prove)
        self.detail.let_go.connect(self.table.setFocus)
        self.proof.leave.connect(self._show_paper)
        find_key = QShortcut(QKeySequence(self.seat.keys["search"]), self)
        find_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find_key.activated.connect(self._search)

    def _lay_out(self) -> None:
        panel = Panel(self.name)
        panel.title.hide()
        self._tabs = [
            KeyButton(title, self.seat.keys[f"part_{part + 1}"], partial(self._turn_to, part), look="quiet")
            for part, title in enumerate((self.name, tr("编号", "books")))
        ]
        for button in self._tabs:
            panel.header.addWidget(button)
        panel.header.addWidget(self.sought.words, 1)
        panel.header.addWidget(self._count)
        panel.header.addStretch(0)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._list())
        self._parts.addWidget(self.numbers)
        panel.body.addWidget(self._parts, 1)
        self._beside = QStackedWidget()
        self._beside.addWidget(self.paper)
        self._beside.addWidget(self.proof)
        self._beside_list = QWidget()
        column = QVBoxLayout(self._beside_list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._beside, 1)
        column.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(panel, 5)
        row.addWidget(self._beside_list, 3)
        self.setAcceptDrops(True)

    def _list(self) -> QWidget:
        narrowing = QHBoxLayout()
        narrowing.setSpacing(8)
        for field, share in ((self.sought.kinds, 3), (self.sought.shows, 2), (self.sought.days, 3)):
            narrowing.addWidget(field, share)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(narrowing)
        column.addWidget(self.table, 1)
        return found


def _look_of(paper: PaperFound) -> tuple[object, ...]:
    """What of a paper, when it changes, has its page drawn anew: rendered, sealed, printed again."""
    return paper.paper_id, paper.state, paper.reprints, paper.rendered
