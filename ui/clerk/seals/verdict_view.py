"""What was found of a sealed file or a paper, in words: the verdict, the seal, each check, what the code states."""

from datetime import tzinfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from client.errors import DeskError
from client.ports.seals import CHECK_WORDS, Verdict
from client.ports.statements import STANDING_WORDS
from client.text import apart, tr
from ui.clerk.seals.asked import DISPROVED, PROVED, Asked, paper_lines
from ui.clerk.seals.picture import seal_picture
from ui.theme.style import set_look
from ui.widgets.facts import Facts
from ui.widgets.panel import words

_PICTURE = QSize(110, 110)


class VerdictView(QWidget):
    """`show_found`, `refuse`, or that it is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._verdict = words("", "title", wrap=True, selectable=True)
        self._picture = QLabel()
        self.facts = Facts()
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
        column.addWidget(self._verdict)
        column.addWidget(scroll, 1)

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._verdict.text()}\n{self.facts.text}"

    def wait(self) -> None:
        """Nobody knows yet."""
        self._say(tr("正在核验"), "quiet", [])

    def refuse(self, error: DeskError) -> None:
        self._say("▲ " + apart((error.title, error.advice)), "bad", [])

    def show_found(self, found: Asked, zone: tzinfo | None) -> None:
        verdicts, paper = found.verdicts, found.paper
        lines = [line for verdict in verdicts for line in _lines(verdict, zone)]
        if paper is not None:
            lines += paper_lines(paper)
        seal = verdicts[0] if verdicts else None
        if paper is not None and (not verdicts or paper.standing in DISPROVED):
            sign, look = ("✓", "good") if paper.standing in PROVED else ("▲", "bad")
            self._say(f"{sign} {STANDING_WORDS[paper.standing]}", look, lines, seal)
        elif not verdicts:
            self._say(tr("▲ 没有电子签章：不能证明文件由谁出具、有没有改动"), "bad", [])
        elif any(not verdict.ok for verdict in verdicts):
            self._say(tr("▲ 不能采信：有不符之处"), "bad", lines, seal)
        else:
            self._say(tr("✓ 真实有效，签章后没有改动"), "good", lines, seal)

    def _say(self, told: str, look: str, lines: list[tuple[str, str]], verdict: Verdict | None = None) -> None:
        self._verdict.setText(told)
        set_look(self._verdict, look)
        self.facts.say(lines)
        seal = None if verdict is None else verdict.seal
        self._picture.setPixmap(QPixmap() if seal is None else seal_picture(seal, _PICTURE))


def _lines(verdict: Verdict, zone: tzinfo | None) -> list[tuple[str, str]]:
    lines = []
    if verdict.seal is not None:
        lines.append((tr("印章"), f"{verdict.seal.name}（{verdict.seal.es_id}）"))
    if verdict.signer is not None:
        lines.append((tr("签章人"), verdict.signer.holder))
    if verdict.signed_at is not None:
        lines.append((tr("签章时间"), f"{verdict.signed_at.astimezone(zone):%Y-%m-%d %H:%M}"))
    signs = {True: "✓", False: "▲"}
    return [*lines, *((f"{signs[check.ok]} {CHECK_WORDS[check.name]}", check.detail) for check in verdict.checks)]
