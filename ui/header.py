"""The header: whose hall and window, how sending truly stands, who sits here."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from client.ports.link import TROUBLE_WORDS, Trouble
from client.text import tr
from ui.theme.style import set_look
from ui.widgets.chips import Chip, Tone, shaped, toned
from ui.widgets.elided import Elided
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words
from ui.widgets.times import span

if TYPE_CHECKING:  # the desk loads behind the first paint
    from client.config import Settings
    from client.ports.link import LinkState
    from client.ports.outbox import Counts

HEIGHT = 44
SENDING = "sending"  # place name of the page that the pill opens


class Pill(KeyButton):
    """How sending stands, a state that can be pressed: it opens the list, as the key of that page does."""

    def __init__(self) -> None:
        super().__init__("", "", lambda: None, look="pill")
        self._sides = (16, 16)
        self.hide()
        self.offer("")

    def offer(self, key: str) -> None:
        """`key` opens the list; "" while nobody sits here who could look at it: Tab passes by."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if key else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(key)
        self.setToolTip("  ".join((tr("同步"), key)) if key else "")

    @property
    def said(self) -> str:
        return self._words

    def tell(self, text: str, tone: Tone) -> None:
        self.say(shaped(text, tone))
        self.setAccessibleName(text)
        set_look(self, toned("pill", tone))
        self.show()


class Header(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self._hall = Elided("", "quiet")
        self.working = Chip(kind="pill")
        self.pill = Pill()
        self._who = words("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(18)
        row.addWidget(words(tr("一窗"), "brand"))
        row.addWidget(self._hall)
        row.addWidget(self.working, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.pill, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._who)

    def name_hall(self, settings: "Settings") -> None:
        window = tr("综合窗口") + f" {settings.window_no}"
        told = f"{settings.hall_name} · {window}"
        self._hall.setText(told)
        self._hall.setToolTip(told)

    def tell_work(self, text: str) -> None:
        """What the window works at, beside its name; "" at nothing."""
        self.working.say(text, Tone.GOOD)

    def name_clerk(self, staff_no: str) -> None:
        self._who.setText(tr("工号") + f" {staff_no}" if staff_no else "")

    def tell_sending(self, link: "LinkState | None", counts: "Counts", now: datetime) -> None:
        """The truth about sending: green only on the platform's receipt, never on the network's state."""
        self.pill.tell(*sending_words(link, counts, now))


def oldest_time(oldest: datetime, now: datetime) -> str:
    """The time of day; of another day the day besides, or 09:30 of last week would read as today's."""
    local = oldest.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%m-%d %H:%M}"


def sending_words(link: "LinkState | None", counts: "Counts", now: datetime) -> tuple[str, Tone]:
    """The pill's words: the worst first, how many wait, and since when."""
    unsent = counts.waiting + counts.unknown
    waiting = tr("待上传 {count} 件").format(count=unsent)
    refused = [tr("平台未接收 {count} 件").format(count=counts.refused)] if counts.refused else []
    held = [tr("暂不上传 {count} 件").format(count=counts.held)] if counts.held else []
    some = [waiting] if unsent else []
    if counts.refused and (link is None or link.up is not False):
        return " · ".join([*refused, *some, *held]), Tone.BAD
    if link is None:
        return " · ".join([tr("单机工作"), *some, *held]), Tone.PLAIN
    if link.up is False:
        why = TROUBLE_WORDS[link.trouble or Trouble.NETWORK]
        down = tr("应急受理（{why} {time}）").format(why=why, time=span(now - (link.since or now)))
        return " · ".join([down, waiting, *refused, *held]), Tone.WARN
    if link.up and link.cut_above is not None:
        above = tr("已存大厅，平台未通 {time}").format(time=span(now - link.cut_above))
        return " · ".join([above, *some, *held]), Tone.WARN
    if some and counts.oldest:
        some.append(tr("最早 {time}").format(time=oldest_time(counts.oldest, now)))
    if some or held:
        return " · ".join([*some, *held]), Tone.BRAND if some else Tone.WARN
    return (tr("平台已全部接收"), Tone.GOOD) if link.up else (tr("正在连接平台"), Tone.PLAIN)
