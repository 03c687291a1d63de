"""What the set-up pages try on the spot: plain calls of the hands, and what came of them in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from client.ports.id_card import IdentityDocument
from client.ports.printer import PRINT_WORDS, JobReport, PrintState
from client.ports.scanner import ScannedPage
from client.retold import retold
from client.rules.drift import CLOSE_ENOUGH
from client.rules.items import Organ
from client.rules.masking import identifier_told, masked_name
from client.text import bracketed, tr

Found = Sequence[tuple[str, str]]
"""(address, label) each."""

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class HandTrials:
    """`ui.door.Trials` from the hands' own calls, which the front door hands in; each may take seconds.

    `ask_hub` returns how far our clock is ahead of the platform's; `key_place` what keeps the store's key, the name
    of the keyring or that it is a passphrase; `print_page` (address, hall, window) prints the test page and waits a
    little for it.
    """

    organs: Callable[[], Sequence[Organ]]
    reader_ports: Callable[[], Found]
    scanners: Callable[[], Found]
    printers: Callable[[], Found]
    ask_hub: Callable[[str], timedelta]
    read_card: Callable[[str], IdentityDocument]
    scan_page: Callable[[str], ScannedPage]
    print_page: Callable[[str, str, str], JobReport]
    key_place: Callable[[], str]

    def try_hub(self, url: str) -> str:
        drift = self.ask_hub(url)
        if abs(drift) <= CLOSE_ENOUGH:
            return tr("平台已应答，时钟一致")
        seconds = round(abs(drift).total_seconds())
        way = tr("快") if drift > timedelta() else tr("慢")
        return tr("平台已应答；本机时钟{way} {seconds} 秒，请校准").format(way=way, seconds=seconds)

    def try_reader(self, port: str) -> str:
        card = self.read_card(port)
        name = masked_name(card.name or card.name_en or "")
        return tr("读到 {name}，{number}").format(name=name, number=identifier_told(card.identifier_kind, card.number))

    def try_scanner(self, address: str) -> str:
        page = self.scan_page(address)
        width, height = (round(side / page.dpi * MM_PER_INCH) for side in (page.width, page.height))
        return tr("扫到 1 页，{width}×{height} 毫米，{dpi} dpi").format(width=width, height=height, dpi=page.dpi)

    def try_printer(self, address: str, hall_name: str, window_no: str) -> str:
        report = self.print_page(address, hall_name, window_no)
        told = PRINT_WORDS[report.state] + bracketed(retold(report.reason))
        asked = tr("请看测试页是否完整") if report.state is PrintState.DONE else tr("请到打印机旁查看")
        return tr("测试页{told}，{asked}").format(told=told, asked=asked)

    def try_key_place(self) -> str:
        return tr("数据密钥的保管：{place}").format(place=self.key_place())
