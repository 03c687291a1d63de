"""How sending truly stands: the link and since when, what waits and for how long, what went wrong last; its verbs."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from client.desk.sending import Counts
from client.ports.link import LinkState, Trouble
from client.retold import retold
from client.text import apart, tr
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.course import Course
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.times import short_time, span

TROUBLE: Mapping[Trouble, str] = {
    Trouble.CABLE: tr("本机没有接上网络 {span}（自 {since}）"),
    Trouble.NETWORK: tr("没有连上平台 {span}（自 {since}）"),
    Trouble.PLATFORM: tr("网络是通的，平台没有应答 {span}（自 {since}）"),
    Trouble.SIGN_IN: tr("平台不认可本窗口 {span}（自 {since}）"),
    Trouble.THIS_MACHINE: tr("本机故障，暂不能上传 {span}（自 {since}）"),
}
HELP: Mapping[Trouble, str] = {
    Trouble.CABLE: tr("请看网线是否插好、交换机是否通电，再请网络管理员检查"),
    Trouble.NETWORK: tr("本机的网线是通的，请网络管理员检查到平台的线路"),
    Trouble.PLATFORM: tr("本机和网线不用检查，请联系平台管理员"),
    Trouble.SIGN_IN: tr("请系统管理员核对本窗口的登记"),
    Trouble.THIS_MACHINE: tr("请系统管理员检查本机磁盘和日志"),
}
ALONE = tr("单机工作：没有设置平台地址，办件只保存在本机")
OFFLINE_ADVICE = tr("可以继续收件、受理；办件都在本机，连上后自动上传，不会丢失也不会重复")


class LinkPanel(Panel):
    """`tell` says it all anew; it is cheap."""

    sync_now = Signal()
    pause = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("同步"))
        self._link = Chip(kind="pill")
        self._chips = {name: Chip() for name in ("waiting", "unknown", "refused", "held", "all")}
        self._oldest = words("", "small")
        self._said = words("", "quiet", wrap=True, selectable=True)
        self._now = KeyButton(tr("立即同步"), seat.keys["sync_now"], self.sync_now.emit, look="main")
        self.course = Course(tr("上传进度"), tr("暂停"), seat.keys["pause_sync"], self.pause.emit)
        self.header.addWidget(self._link)
        self.header.addStretch(1)
        self.header.addWidget(self._now)
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip in self._chips.values():
            row.addWidget(chip)
        row.addWidget(self._oldest)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._said)
        self.body.addWidget(self.course)

    def tell(self, link: LinkState | None, counts: Counts, now: datetime, trouble: str = "") -> None:
        """`trouble`: what went wrong last with what is still to go, where the link itself is well."""
        self._link.say(*link_words(link, now), shape=True)
        self._now.setVisible(link is not None)
        self._say_counts(counts, now)
        self._said.setText(_said(link, trouble))
        self._said.setVisible(bool(self._said.text()))
        self._say_course(link)

    @property
    def text(self) -> str:
        """All that is said here."""
        chips = [chip.text() for chip in (self._link, *self._chips.values()) if chip.text()]
        return " ".join([*chips, self._oldest.text(), self._said.text(), self.course.told]).strip()

    def _say_counts(self, counts: Counts, now: datetime) -> None:
        self._chips["waiting"].say(_of(tr("待上传"), counts.waiting), Tone.BRAND, shape=True)
        self._chips["unknown"].say(_of(tr("上传中、结果待核实"), counts.unknown), Tone.WARN, shape=True)
        self._chips["refused"].say(_of(tr("平台未接收"), counts.refused), Tone.BAD, shape=True)
        self._chips["held"].say(_of(tr("暂不上传、已搁置"), counts.held), Tone.WARN, shape=True)
        settled = not (counts.waiting or counts.unknown or counts.refused or counts.held)
        self._chips["all"].say(tr("平台已全部接收") if settled else "", Tone.GOOD, shape=True)
        if counts.oldest is None:
            self._oldest.setText("")
        else:
            oldest = counts.oldest.astimezone(now.tzinfo)
            since = short_time(oldest, now.date())
            self._oldest.setText(tr("最早 {since}（已 {span}）").format(since=since, span=span(now - oldest)))

    def _say_course(self, link: LinkState | None) -> None:
        if link is None or not link.sending or link.paused:
            self.course.hide()
            return
        files = tr("材料文件 {done} / {total}").format(done=link.files, total=link.files_total)
        aside = files if link.files_total else ""
        self.course.tell(link.sent, link.total, tr("平台已答复 {done} / {total} 条"), aside, tr("每分 {count} 条"))


def link_words(link: LinkState | None, now: datetime) -> tuple[str, Tone]:
    """The state of the link. Never green: that is said of what the platform has, not of a network that is there."""
    if link is None:
        return ALONE, Tone.PLAIN
    since = link.since.astimezone(now.tzinfo) if link.since else now
    said = short_time(since, now.date())
    if link.paused:
        return tr("已暂停上传，十分钟后自动继续；按“立即同步”马上继续"), Tone.WARN
    if link.up is None:
        return tr("正在连接平台"), Tone.PLAIN
    if link.up:
        return tr("已连接平台（自 {since}）").format(since=said), Tone.BRAND
    return TROUBLE[link.trouble or Trouble.NETWORK].format(span=span(now - since), since=said), Tone.WARN


def _said(link: LinkState | None, trouble: str) -> str:
    if link is None:
        return ""
    if link.up is False:
        whose = HELP[link.trouble] if link.trouble else ""
        return apart(part for part in (retold(link.error or ""), whose, OFFLINE_ADVICE) if part)
    if link.error:
        return retold(link.error)
    return tr("最近一次问题：{trouble}").format(trouble=trouble) if trouble else ""


def _of(word: str, count: int) -> str:
    return f"{word} {count}" if count else ""
