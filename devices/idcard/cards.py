"""Sample cards for training, demo and tests: invented people, region 110101, births 1901, numbers that check."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from client.ports.id_card import LONG_TERM, DocumentKind
from devices.idcard.layouts import ADDRESS_LENGTH, FLAG, FLAGS, LAYOUTS, TEXT_LENGTH

SAMPLE_PHOTO = bytes(range(256)) * 4  # 1,024 bytes in the place of a WLT photo; it decodes to nothing


@dataclass(frozen=True, slots=True)
class SampleCard:
    """A card as its chip would tell it: the fields of its layout as text, and a newer address if it holds one."""

    kind: DocumentKind
    fields: Mapping[str, str]
    newer_address: str | None = None
    photo: bytes = SAMPLE_PHOTO


def text_block(card: SampleCard) -> bytes:
    """The 256 bytes of the chip, UTF-16LE padded with blanks. A field too long for its place is a ValueError."""
    block = bytearray(_padded("", TEXT_LENGTH))
    for name, place in LAYOUTS[card.kind].items():
        block[place] = _padded(card.fields.get(name, ""), place.stop - place.start)
    block[FLAG] = FLAGS[card.kind].encode("utf-16-le")
    return bytes(block)


def address_block(address: str) -> bytes:
    """The 70 bytes of a newer address."""
    return _padded(address, ADDRESS_LENGTH)


def _padded(text: str, length: int) -> bytes:
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) > length:
        message = f"{len(data)} bytes do not fit into {length}"
        raise ValueError(message)
    return data + " ".encode("utf-16-le") * ((length - len(data)) // 2)


_RESIDENT = MappingProxyType(
    {
        "name": "张三",
        "sex": "1",
        "nation": "01",
        "birth": "19010101",
        "address": "示例市示例区示例路1号",
        "number": "110101190101010011",
        "issuer": "示例市公安局示例分局",
        "valid_from": "20200101",
        "valid_to": LONG_TERM,
    }
)
_SECOND = {"name": "李四", "sex": "2", "number": "11010119010101002X"}

SAMPLES: Mapping[str, SampleCard] = MappingProxyType(
    {
        "resident": SampleCard(DocumentKind.RESIDENT, _RESIDENT),
        "resident-rare": SampleCard(
            DocumentKind.RESIDENT, {**_RESIDENT, **_SECOND, "name": "李𠮷𬺗", "nation": "05", "valid_to": "20400101"}
        ),
        "resident-private": SampleCard(DocumentKind.RESIDENT, {**_RESIDENT, **_SECOND, "name": "李\ue863"}),
        "resident-expired": SampleCard(DocumentKind.RESIDENT, {**_RESIDENT, "valid_to": "20250101"}),
        "resident-moved": SampleCard(DocumentKind.RESIDENT, _RESIDENT, newer_address="示例市示例区示例路2号"),
        "resident-wrong-number": SampleCard(DocumentKind.RESIDENT, {**_RESIDENT, "number": "110101190101010012"}),
        "hmt-permit": SampleCard(
            DocumentKind.HMT_PERMIT,
            {
                **_RESIDENT,
                "number": "810000190101010015",
                "valid_to": "20400101",
                "pass_number": "H00000001",
                "issue_count": "01",
            },
        ),
        "foreigner-2017": SampleCard(
            DocumentKind.FOREIGNER_2017,
            {
                "name": "张三",
                "name_en": "ZHANG, SAN",
                "version": "01",
                "authority_code": "1101",
                "sex": "1",
                "number": "CAN110001010101",
                "country": "CAN",
                "birth": "19010101",
                "valid_from": "20200101",
                "valid_to": "20400101",
            },
        ),
        "foreigner-2023": SampleCard(
            DocumentKind.FOREIGNER_2023,
            {
                "name": "李四",
                "name_en": "LI, SI",
                "sex": "2",
                "number": "911124190101010024",
                "country": "CAN",
                "birth": "19010101",
                "issue_count": "01",
                "valid_from": "20240101",
                "valid_to": "20400101",
            },
        ),
    }
)
"""By the names `card simulate --kind` takes."""
