"""What the set-up pages try on the spot: plain calls of the hands, and what came of them in words."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from client.desk.device_words import card_tried, keys_tried, page_tried, print_tried, rating_tried
from client.ports.devices import Kinds
from client.ports.id_card import IdentityDocument
from client.ports.printer import JobReport
from client.ports.scanner import ScannedPage
from client.rules.drift import CLOSE_ENOUGH
from client.rules.items import Organ
from client.text import tr

Found = Sequence[tuple[str, str]]
"""(address, label) each."""


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
    kinds: Kinds
    key_place: Callable[[], str]

    def try_hub(self, url: str) -> str:
        drift = self.ask_hub(url)
        if abs(drift) <= CLOSE_ENOUGH:
            return tr("平台已应答，时钟一致")
        seconds = round(abs(drift).total_seconds())
        way = tr("快") if drift > timedelta() else tr("慢")
        return tr("平台已应答；本机时钟{way} {seconds} 秒，请校准").format(way=way, seconds=seconds)

    def try_reader(self, port: str) -> str:
        return card_tried(self.read_card(port)).told

    def try_scanner(self, address: str) -> str:
        return page_tried(self.scan_page(address)).told

    def try_printer(self, address: str, hall_name: str, window_no: str) -> str:
        return print_tried(self.print_page(address, hall_name, window_no)).told

    def try_keys(self, address: str) -> str:
        with closing(self.kinds.key.hand_of(address)) as keys:
            return keys_tried(self.kinds.key.attempt(keys)).told

    def try_rating(self, address: str) -> str:
        with closing(self.kinds.rating.hand_of(address)) as box:
            return rating_tried(self.kinds.rating.attempt(box)).told

    def try_key_place(self) -> str:
        return tr("数据密钥的保管：{place}").format(place=self.key_place())
