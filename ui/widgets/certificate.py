"""Whose key it is and until when: what is said of a certificate on the page 用印 and on that of the devices."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from client.ports.keys import KeyOnHand, notice
from client.proof.certificates import Certificate
from client.text import apart, tr
from ui.widgets.facts import Facts


def certificate_facts(certificate: Certificate, now: datetime) -> list[tuple[str, str]]:
    """Names and values, dates as the hall's clock has them."""
    return [
        *holder_facts(certificate),
        (tr("证书有效期至"), last_day(certificate, now)),
        (tr("算法和序列号"), f"{certificate.algorithm_words}　{certificate.serial}"),
    ]


def holder_facts(certificate: Certificate) -> list[tuple[str, str]]:
    """Whose it is, and who says so."""
    whose = tr("持有机关") if certificate.unit_code else tr("持有人")
    return [
        (whose, "\n".join(filter(None, (certificate.holder, certificate.unit_code)))),
        (tr("签发机构"), certificate.issuer.rpartition("CN=")[2] or certificate.issuer),
    ]


def last_day(certificate: Certificate, now: datetime) -> str:
    """Until when it counts; how soon that is, once it is soon."""
    until = str(certificate.not_after.astimezone(now.tzinfo).date())
    if (left := notice(certificate, now)) is None:
        return until
    return until + (tr("（已到期）") if left < 0 else tr("（还有 {days} 天）").format(days=left))


class CertificateCard(QScrollArea):
    """The certificates of the keys that are plugged in, one at a time; it rolls where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[KeyOnHand, Certificate]] = []
        self._now = datetime.now(UTC)
        self.picker = QComboBox()
        self.picker.setAccessibleName(tr("密码钥匙和证书"))
        self.picker.currentIndexChanged.connect(self._show)
        self.facts = Facts()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.picker)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.setAccessibleName(tr("密码钥匙和证书"))

    def tell(self, plugged: Sequence[KeyOnHand], now: datetime) -> None:
        """Show them; nothing where there is none."""
        self._now = now
        self._found = [(key, certificate) for key in plugged for certificate in key.certificates]
        self.picker.blockSignals(True)
        self.picker.clear()
        self.picker.addItems([key.label for key, _ in self._found])
        self.picker.blockSignals(False)
        self.picker.setVisible(len(self._found) > 1)
        self._show(0)
        self.setVisible(bool(self._found))

    def _show(self, place: int) -> None:
        if not 0 <= place < len(self._found):
            return
        key, certificate = self._found[place]
        tries = "" if key.tries_left is None else tr("口令还可以试 {count} 次").format(count=key.tries_left)
        number = (tr("钥匙"), apart(filter(None, (key.serial, tries))))
        self.facts.say([number, *certificate_facts(certificate, self._now)])
