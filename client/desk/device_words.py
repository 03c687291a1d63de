"""What came of trying a device, in words that name nobody."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from client.ports.devices import FAILED_WORDS, Tried
from client.ports.id_card import IdentityDocument
from client.ports.keys import KeyOnHand
from client.ports.printer import PRINT_WORDS, JobReport, PrintState
from client.ports.rating import GRADE_WORDS, Grade
from client.ports.scanner import ScannedPage
from client.retold import retold
from client.rules.masking import identifier_told, masked_name
from client.text import bracketed, tr

MM_PER_INCH = 25.4


def counted_words(good: int, last_good: datetime | None, failed: Mapping[str, int]) -> str:
    """What became of a device's work, in one line."""
    if not good and not failed:
        return tr("还没有用过")
    said = [tr("成功 {count} 次").format(count=good)]
    if last_good is not None:
        said.append(tr("最近 {time}").format(time=f"{last_good:%Y-%m-%d %H:%M}"))
    said += [f"{FAILED_WORDS[how]} {count}" for how, count in failed.items()]
    return " · ".join(said)


def card_tried(card: IdentityDocument) -> Tried:
    name = masked_name(card.name or card.name_en or "")
    number = identifier_told(card.identifier_kind, card.number)
    return Tried(tr("读到 {name}，{number}").format(name=name, number=number))


def page_tried(page: ScannedPage) -> Tried:
    width, height = (round(side / page.dpi * MM_PER_INCH) for side in (page.width, page.height))
    told = tr("扫到 1 页，{width}×{height} 毫米，{dpi} dpi").format(width=width, height=height, dpi=page.dpi)
    return Tried(told, page)


def print_tried(report: JobReport) -> Tried:
    told = PRINT_WORDS[report.state] + bracketed(retold(report.reason))
    asked = tr("请看测试页是否完整") if report.state is PrintState.DONE else tr("请到打印机旁查看")
    return Tried(tr("测试页{told}，{asked}").format(told=told, asked=asked))


def rating_tried(grade: Grade | None) -> Tried:
    return Tried(tr("收到“{grade}”").format(grade=GRADE_WORDS[grade]) if grade else tr("没有人按键，评价器有应答"))


def keys_tried(plugged: Sequence[KeyOnHand]) -> Tried:
    """Whose keys they are; what an organ is called is no personal data, and a person's key shows who sits here."""
    if not plugged:
        return Tried(tr("没有插入密码钥匙"))
    holders = [certificate.holder for key in plugged for certificate in key.certificates]
    told = tr("插入 {count} 把：{holders}")
    holding = told.format(count=len(plugged), holders="、".join(holders) or tr("没有可签名的证书"))
    return Tried(holding, keys=tuple(plugged), brief=tr("插入 {count} 把").format(count=len(plugged)))
