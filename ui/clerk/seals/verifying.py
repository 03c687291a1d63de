"""Whether a sealed file or a paper is genuine, in words: each check with its sign, the seal, what the code states."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from client.errors import DeskError
from client.ports.seals import CHECK_WORDS, Verdict
from client.ports.statements import CODE_BEGINS, STANDING_WORDS, Standing
from client.text import apart, tr
from ui.clerk.seals.asked import DISPROVED, Asked, asked_of_code, asked_of_file, paper_lines, path_in
from ui.clerk.seals.file_view import FileView
from ui.clerk.seals.picture import seal_picture
from ui.seat import Seat
from ui.theme.style import set_look
from ui.widgets.facts import Facts
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

LONGEST = 4096  # characters of a path
_PICTURE = QSize(110, 110)


class Verifying(QWidget):
    """A path typed, pasted or dropped, or a paper's QR code scanned; Enter judges it, `view` shows a file's pages."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.setAcceptDrops(True)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(tr("要核验的文件"))
        self.field.setPlaceholderText(tr("扫描文书二维码，或者输入文件路径（PDF、OFD、图片、印章）、把文件拖到这里"))
        self.field.returnPressed.connect(self.verify)
        self.button = KeyButton(tr("核验"), "Enter", self.verify, heard=False)
        self._verdict = words("", "title", wrap=True, selectable=True)
        self.view = FileView(seat)
        self._picture = QLabel()
        self.facts = Facts()
        self._lay_out()

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._verdict.text()}\n{self.facts.text}"

    def begin(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def verify(self) -> None:
        """Judge the QR code that was scanned, or what the path names, away from here."""
        told = self.field.text()
        house = self._seat.house
        asked = partial(asked_of_code, told) if told.startswith(CODE_BEGINS) else partial(asked_of_file, path_in(told))
        self.view.clear()
        self._say(tr("正在核验"), "quiet", [])
        work = partial(asked, house.counter, house.seals)
        self._seat.tasks.run(self._seat.lanes.files, work, self._judged, self._failed, owner=self, words=tr("正在核验"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        if urls := [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]:
            self.field.setText(urls[0])
            self.verify()

    def _judged(self, found: Asked) -> None:
        self.field.selectAll()  # what is scanned or typed next stands in its place
        verdicts, paper = found.verdicts, found.paper
        if found.is_document:
            self.view.show_file(found.content)
        lines = [line for verdict in verdicts for line in self._lines(verdict)]
        if paper is not None:
            lines += paper_lines(paper)
        seal = verdicts[0] if verdicts else None
        if paper is not None and (not verdicts or paper.standing in DISPROVED):
            sign, look = ("✓", "good") if paper.standing is Standing.GENUINE else ("▲", "bad")
            self._say(f"{sign} {STANDING_WORDS[paper.standing]}", look, lines, seal)
        elif not verdicts:
            self._say(tr("▲ 没有电子签章：不能证明文件由谁出具、有没有改动"), "bad", [])
        elif any(not verdict.ok for verdict in verdicts):
            self._say(tr("▲ 不能采信：有不符之处"), "bad", lines, seal)
        else:
            self._say(tr("✓ 真实有效，签章后没有改动"), "good", lines, seal)

    def _lines(self, verdict: Verdict) -> list[tuple[str, str]]:
        zone = self._seat.house.counter.clock().tzinfo
        lines = []
        if verdict.seal is not None:
            lines.append((tr("印章"), f"{verdict.seal.name}（{verdict.seal.es_id}）"))
        if verdict.signer is not None:
            lines.append((tr("签章人"), verdict.signer.holder))
        if verdict.signed_at is not None:
            lines.append((tr("签章时间"), f"{verdict.signed_at.astimezone(zone):%Y-%m-%d %H:%M}"))
        signs = {True: "✓", False: "▲"}
        return [*lines, *((f"{signs[check.ok]} {CHECK_WORDS[check.name]}", check.detail) for check in verdict.checks)]

    def _failed(self, error: DeskError) -> None:
        self.field.selectAll()  # what is typed next stands in its place
        self._say("▲ " + apart((error.title, error.advice)), "bad", [])

    def _say(self, told: str, look: str, lines: list[tuple[str, str]], verdict: Verdict | None = None) -> None:
        self._verdict.setText(told)
        set_look(self._verdict, look)
        self.facts.say(lines)
        seal = None if verdict is None else verdict.seal
        self._picture.setPixmap(QPixmap() if seal is None else seal_picture(seal, _PICTURE))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        told = QWidget()
        inner = QHBoxLayout(told)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(14)
        inner.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.facts, 1, alignment=Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._verdict)
        column.addWidget(scroll, 1)
