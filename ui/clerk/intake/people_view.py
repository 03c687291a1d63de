"""The people as the clerk has to see them beside the person: names whole, numbers masked, what was checked and how."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.retold import retold
from client.rules.identity import APPLICANT_WORDS, CAPACITY_WORDS
from client.rules.masking import masked_identifier
from client.text import tr
from ui.clerk.intake.gathered import Gathered
from ui.widgets.chips import Chip, Tone
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton
from ui.widgets.panel import rule, words

PHOTO = QSize(58, 72)


class PeopleView(QWidget):
    """`match` is the button with which the clerk says that the person is the one on the card."""

    def __init__(self, match: KeyButton, person: QPixmap) -> None:
        super().__init__()
        self._match = match
        self._name = words("", "large", wrap=True, selectable=True)
        self._facts = words("", "small", wrap=True)
        self._wanting = Chip(tr("申请人未录入"), Tone.WARN)
        self._rule = rule()
        self._attendee = words("", "strong", selectable=True)
        self._capacity = Chip()
        self._born = words("", "small", wrap=True)
        self._number = words("", "small")
        self._read = Chip()
        self._matched = Chip()
        self._warnings = words("", "warn", wrap=True)
        self._person = person
        self._shown: bytes | None = None
        self._photo = photo = QLabel()
        photo.setFixedSize(PHOTO)
        photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        photo.setProperty("look", "photo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._wanting, self._name, self._facts, self._rule):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(photo, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._attendee_lines(), 1)
        column.addLayout(row)
        column.addWidget(self._warnings)
        self.show_photo(None)

    def show_photo(self, picture: bytes | None) -> None:
        """The photo of the attendee's card as PNG; a silhouette where there is none to be seen."""
        if picture is self._shown and not self._photo.pixmap().isNull():
            return
        self._shown = picture
        photo = QPixmap()
        is_there = picture is not None and photo.loadFromData(picture)
        ratio = self.devicePixelRatioF()
        if is_there:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            photo = photo.scaled(PHOTO * ratio, kept, smooth)
            photo.setDevicePixelRatio(ratio)
        self._photo.setPixmap(photo if is_there else self._person)
        self._photo.setAccessibleName(tr("证件照片") if is_there else tr("没有证件照片"))

    def show_people(self, now: Gathered) -> None:
        applicant, attendee = now.applicant, now.attendee
        named = bool(applicant.name or applicant.identifier)
        self._wanting.setVisible(not named)
        for widget in (self._name, self._facts):
            widget.setVisible(named)
        self._name.setText(applicant.name)
        number = masked_identifier(applicant.identifier_kind, applicant.identifier)
        self._facts.setText(_joined(number, APPLICANT_WORDS[now.kind]))
        self._attendee.setText(attendee.name or tr("未录入"))
        self._capacity.say(CAPACITY_WORDS[now.capacity], Tone.BRAND)
        self._born.setText(_joined(retold(now.sex), _nation(now.nation), now.birth))
        self._born.setVisible(bool(self._born.text()))
        self._number.setText(masked_identifier(attendee.identifier_kind, attendee.identifier))
        read = (tr("已读卡"), Tone.GOOD) if now.card_read else (tr("未读卡"), Tone.WARN)
        self._read.say(*read, shape=True)
        self._matched.say(tr("人证一致（目视）") if now.matched else "", Tone.GOOD, shape=True)
        self._match.setVisible(now.card_read and not now.matched)
        self._warnings.setText("\n".join(f"◐ {warning}" for warning in now.warnings))
        self._warnings.setVisible(bool(now.warnings))

    def _attendee_lines(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        names, marks = Flow(), Flow()
        for label in (words(tr("经办人"), "quiet"), self._attendee, self._capacity):
            names.add(label)
        for mark in (self._read, self._matched, self._match):
            marks.add(mark)
        lines.addLayout(names)
        lines.addWidget(self._born)
        lines.addWidget(self._number)
        lines.addLayout(marks)
        return lines


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _nation(nation: str) -> str:
    """As people say it: 汉族."""
    return (
        nation
        if not nation or nation.startswith(("其他", "外国")) or nation[-1] in "族人"
        else tr("{nation}族").format(nation=nation)
    )
