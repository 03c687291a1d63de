"""The hall's own words of its papers, for IT: which count, what is wrong with a pack, and a paper drawn by it."""

from collections.abc import Callable, Sequence
from operator import methodcaller
from pathlib import Path
from typing import TypeVar

from client.config import Settings
from client.errors import DeskError
from client.ports.papers import PAPER_WORDS, PaperKind, PaperLook
from client.ports.templates import InForce, Templates, Trouble
from client.text import labelled, tr
from ui.clerk.paper_view import PaperView
from ui.seat import Seat
from ui.setup.effective import LARGE_PAPERS
from ui.setup.fields import LONGEST
from ui.setup.rows import FieldRow
from ui.theme.style import set_look
from ui.widgets.chips import SHAPES, Tone
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.typed import WORDS

HIGH = 560  # pixels of the page that is drawn
MOST = 8  # things that are wrong, in sight at once
Found = TypeVar("Found")
_PLAIN, _LARGE = "plain", "large"


class TemplatesPanel(Panel):
    """Packs are read and papers drawn on the lane for files; the page is for administrators."""

    def __init__(self, seat: Seat, settings: Settings) -> None:
        super().__init__(tr("文书模板"))
        self._seat = seat
        self._told = words("", "quiet", wrap=True, selectable=True)
        self._large = Choice(tr("大字文书"), list(LARGE_PAPERS.items()))
        self._large.put(settings.large_papers)
        self._second = TextField(tr("文书第二语言"), most=12, typed=WORDS)
        self._second.setPlaceholderText(tr("语言代码，例如 en；不用第二语言时空着"))
        self._second.put(settings.paper_language or "")
        self.rows = {
            "large_papers": FieldRow(tr("大字文书"), self._large),
            "paper_language": FieldRow(tr("文书第二语言"), self._second),
        }
        self._file = TextField(tr("模板文件"), most=LONGEST, typed=WORDS)
        self._file.setPlaceholderText(tr("空着时预览生效的模板"))
        self.file = FieldRow(tr("模板文件"), self._file)
        self._kind = Choice(tr("文书种类"), [(kind.value, PAPER_WORDS[kind]) for kind in PaperKind])
        self._kind.put(PaperKind.ACCEPTANCE_NOTICE)
        self._size = Choice(tr("字号"), [(_PLAIN, tr("标准")), (_LARGE, tr("大字"))])
        self._size.put(_PLAIN)
        self.paper = PaperView(seat, leaves=False)
        self.paper.setMinimumHeight(HIGH)
        self._lay_out()
        self._ask(methodcaller("in_force"), self._tell)

    def values(self) -> dict[str, object]:
        """By their names in the settings."""
        return {"large_papers": self._large.value(), "paper_language": self._second.value().strip() or None}

    def _lay_out(self) -> None:
        key = self._seat.keys["do_here"]
        shown = KeyButton(tr("预览"), key, self.preview, look="verb", scope=self)
        taken = KeyButton(tr("采用"), self._seat.keys["take_template"], self.take, look="verb", scope=self)
        self.header.addStretch(1)
        self.header.addWidget(shown)
        self.header.addWidget(taken)
        self.body.addWidget(self._told)
        kind, size = FieldRow(tr("文书种类"), self._kind), FieldRow(tr("字号"), self._size)
        for row in (*self.rows.values(), self.file, kind, size):
            self.body.addWidget(row)
        self.body.addWidget(self.paper)

    def preview(self) -> None:
        """Draw the chosen paper by the pack in the file or by what counts; of a wrong pack tell all that is wrong."""
        kind = PaperKind(self._kind.value() or PaperKind.ACCEPTANCE_NOTICE)
        look = PaperLook(large=self._size.value() == _LARGE, second=self._second.value().strip() or None)
        path = self._path()

        def work(templates: Templates) -> tuple[bytes, tuple[Trouble, ...]]:
            content = None if path is None else templates.read(path)
            wrong = () if content is None else tuple(templates.check(content)[1])
            return (b"" if wrong else templates.sample(kind, look, content)), wrong

        def drawn(found: tuple[bytes, tuple[Trouble, ...]]) -> None:
            page, wrong = found
            if wrong:
                self.file.say(_listed(wrong), Tone.BAD)
                self.paper.say(tr("模板有错误，没有画出样张"))
                return
            self.file.say(tr("模板没有错误") if path is not None else "", Tone.GOOD)
            self.paper.name.setText(PAPER_WORDS[kind])
            self.paper.show_pages(lambda: page)

        self.file.say(tr("正在检查和绘制，请稍候…"))
        self._ask(work, drawn)

    def take(self) -> None:
        """Have the pack in the file count for the next paper."""
        path = self._path()
        if path is None:
            self.file.say(tr("请先填写模板文件"), Tone.WARN)
            self._file.setFocus()
            return

        def taken(found: tuple[InForce, str]) -> None:
            told, name = found
            self._tell(told)
            if told.name == name:
                self.file.say(tr("已采用，下一份文书起生效"), Tone.GOOD)
            else:
                self.file.say(tr("{taken} 已存好，但是另一个位置的模板优先").format(taken=name), Tone.WARN)

        self._ask(lambda templates: templates.take(templates.read(path)), taken)

    def _path(self) -> Path | None:
        typed = self._file.value().strip()
        return Path(typed).expanduser() if typed else None

    def _ask(self, work: Callable[[Templates], Found], done: Callable[[Found], None]) -> None:
        seat = self._seat
        seat.tasks.run(seat.lanes.files, lambda: work(seat.door.templates()), done, self._failed, owner=self)

    def _failed(self, error: DeskError) -> None:
        self.file.fail(error)

    def _tell(self, told: InForce) -> None:
        """What counts; and a pack that lies there and is not taken."""
        lines = [labelled(tr("生效的模板"), told.name)]
        if told.refused is not None:
            lines += [
                f"{SHAPES[Tone.BAD]} " + tr("没有采用 {path}：").format(path=told.refused),
                _listed(told.troubles),
            ]
        self._told.setText("\n".join(lines))
        set_look(self._told, "bad" if told.refused is not None else "quiet")


def _listed(troubles: Sequence[Trouble]) -> str:
    """A line each, as far as there is room."""
    lines = [each.told for each in troubles[:MOST]]
    if len(troubles) > MOST:
        lines.append(tr("另有 {count} 处").format(count=len(troubles) - MOST))
    return "\n".join(lines)
