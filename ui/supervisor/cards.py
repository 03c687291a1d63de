"""The figures of the day, a card each: what was done in ink, what is owed in the colour of its haste."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from client.desk.today import Today
from client.text import tr
from ui.theme.style import set_look
from ui.widgets.chips import Tone
from ui.widgets.elided import Elided
from ui.widgets.panel import words
from ui.widgets.times import short_time

GAP = 8
_LOOKS = {Tone.WARN: "figure-warn", Tone.BAD: "figure-bad"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One card; `key` names it for whoever looks for it."""

    key: str
    name: str
    value: str
    aside: str = ""
    tone: Tone = Tone.PLAIN


def figures_of(today: Today, now: datetime) -> tuple[Figure, ...]:
    """The cards of a day. What is zero is calm."""
    unsent = today.waiting + today.unknown + today.held
    oldest = [tr("最早 {time}").format(time=short_time(today.oldest_unsent, now.date()))] if today.oldest_unsent else []
    held = [tr("其中留下 {count}").format(count=today.held)] if today.held else []
    return (
        Figure(
            "today",
            tr("今日收件 / 受理"),
            f"{today.received} / {today.accepted}",
            tr("补正 {count} · 不予 {no}").format(count=today.corrections_asked, no=today.not_accepted),
        ),
        Figure("waiting", tr("待上传"), str(unsent), " · ".join([*held, *oldest]), _warn(unsent)),
        Figure("refused", tr("平台未接收"), str(today.refused), tr("原因见下"), _bad(today.refused)),
        Figure("unprinted", tr("待打印"), str(today.unprinted), tr("没有打出的"), _warn(today.unprinted)),
        Figure("seal", tr("待用印"), str(today.awaiting_seal), tr("用印后才可交付"), _warn(today.awaiting_seal)),
        Figure(
            "due",
            tr("补正 / 受理到期"),
            f"{today.corrections_due} / {today.notices_due}",
            tr("至下一工作日"),
            _bad(today.corrections_due + today.notices_due),
        ),
        Figure("deferred", tr("容缺到期"), str(today.deferrals_due), tr("至下一工作日"), _warn(today.deferrals_due)),
        Figure("drafts", tr("草稿"), str(today.drafts_open), tr("没有编号")),
    )


class Card(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._name = Elided("", "small")
        self._value = words("", "figure")
        self._aside = Elided("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(0)
        for label in (self._name, self._value, self._aside):
            column.addWidget(label)

    def show_figure(self, figure: Figure) -> None:
        mark = " ▲" if figure.tone is Tone.BAD else " ◐" if figure.tone is Tone.WARN else ""
        self._name.setText(figure.name + mark)
        self._value.setText(figure.value)
        set_look(self._value, _LOOKS.get(figure.tone, "figure"))
        self._aside.setText(figure.aside if figure.value.strip("0 /") else tr("无"))
        self.setAccessibleName(f"{figure.name} {figure.value} {figure.aside}".strip())


class Cards(QFrame):
    """One row of cards."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._cards: dict[str, Card] = {}

    def show_figures(self, figures: Sequence[Figure]) -> None:
        for figure in figures:
            if figure.key not in self._cards:
                card = self._cards[figure.key] = Card()
                self._row.addWidget(card, 1)
            self._cards[figure.key].show_figure(figure)

    def said(self, key: str) -> str:
        """What a card says."""
        return self._cards[key].accessibleName() if key in self._cards else ""


def _bad(count: int) -> Tone:
    return Tone.BAD if count else Tone.PLAIN


def _warn(count: int) -> Tone:
    return Tone.WARN if count else Tone.PLAIN
