"""What is looked for on the page 文书: words, a kind, a state, days; each by keyboard."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from client.desk.paper_finding import SHOW_WORDS, PaperWish, Show
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.statements import CODE_BEGINS
from client.text import tr

TYPED = 200  # milliseconds after the last key before it is looked for
LONGEST = 2_048  # characters; a QR code is one word
DAYS = 32
LEAST = 6  # characters of a choice that are seen
FILES = (".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


class Sought(QObject):
    """`changed` when there is another wish, `to_judge` when a QR code or a file's name was given, `ended` by Enter."""

    changed = Signal()
    to_judge = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = _line(
            tr("查找文书"), tr("文书编号或序号、办件编号、姓名；扫描条码、二维码；拖入文件核验"), LONGEST
        )
        self.kinds = _choice(tr("按种类筛选"), tr("全部种类"), PAPER_WORDS.items())
        self.shows = _choice(tr("按状态筛选"), tr("全部状态"), SHOW_WORDS.items())
        self.days = _line(tr("按出具日期筛选"), tr("日期，如11-28、11-01至11-15"), DAYS)
        self._days = ""  # as they were given; half a date is none
        self._typed = QTimer(self, interval=TYPED, singleShot=True)
        self._typed.timeout.connect(self.changed)
        self.words.textChanged.connect(self._type)
        self.words.returnPressed.connect(self._give_words)
        self.days.editingFinished.connect(self._give_days)
        self.days.returnPressed.connect(self.ended)
        for choice in (self.kinds, self.shows):
            choice.activated.connect(lambda _place: self.changed.emit())

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """In the order Tab goes."""
        return self.words, self.kinds, self.shows, self.days

    @property
    def wish(self) -> PaperWish:
        kind, show, words = self.kinds.currentData(), self.shows.currentData(), self.words.text()
        return PaperWish(
            words="" if is_to_judge(words) else words,
            kind=PaperKind(kind) if kind else None,
            show=Show(show) if show else None,
            days=self._days,
        )

    def seek(self, words: str) -> None:
        """These words, and nothing else narrows the list."""
        self.go_to({"words": words})

    def place(self) -> Mapping[str, object]:
        return {
            "words": self.words.text(),
            "kind": self.kinds.currentData(),
            "show": self.shows.currentData(),
            "days": self._days,
        }

    def go_to(self, place: Mapping[str, object]) -> None:
        words, days = place.get("words"), place.get("days")
        self.words.setText(words if isinstance(words, str) else "")
        self._days = days if isinstance(days, str) else ""
        self.days.setText(self._days)
        for choice, known in ((self.kinds, place.get("kind")), (self.shows, place.get("show"))):
            choice.setCurrentIndex(max(choice.findData(known), 0) if known else 0)
        self._typed.stop()
        self.changed.emit()

    def _type(self, text: str) -> None:
        if not is_to_judge(text):  # it is being scanned, and ends with Enter
            self._typed.start()

    def _give_words(self) -> None:
        """What a scanner types ends so too: it is looked for at once."""
        if is_to_judge(self.words.text()):
            self._typed.stop()
            self.to_judge.emit(self.words.text())
            return
        if self._typed.isActive():
            self._typed.stop()
            self.changed.emit()
        self.ended.emit()

    def _give_days(self) -> None:
        if self.days.text() != self._days:
            self._days = self.days.text()
            self.changed.emit()


def is_to_judge(text: str) -> bool:
    """Whether it is no number and no name, but a paper's QR code, or a file that may be one."""
    return text.startswith(CODE_BEGINS) or text.strip().strip('"').lower().endswith(FILES)


def _line(name: str, said: str, most: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(said)
    field.setMaxLength(most)
    field.setClearButtonEnabled(True)
    return field


def _choice(name: str, everything: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)  # some are long
    box.setMinimumContentsLength(LEAST)
    box.addItem(everything, None)
    for value, words in choices:
        box.addItem(words, str(value))
    return box
