"""Names are written as the document writes them: nothing is normalised, and what cannot be a name is told.

NFC and NFKC would change compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F) that people really bear.
Old systems left characters in the private area; those that GB 18030-2022 has moved into Unicode can be named,
the others only be pointed at. The table of GB 18030 is data and is handed in.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType

from client.text import tr

FoldingTable = Mapping[str, str]
"""Private-use character → standard character."""

NO_TABLE: FoldingTable = MappingProxyType({})

KNOWN_PRIVATE = tr(
    "姓名第{position}个字是旧系统的专用字符（U+{code}），国家标准对应的字是“{standard}”，请与证件核对后更正"
)
PRIVATE = tr("姓名第{position}个字是系统专用字符（U+{code}），没有公开的含义，请对照证件改为正确的字")
RADICAL = tr("姓名第{position}个字是部首符号（U+{code}），不是姓名用字，请对照证件改为正确的字")
LOST = tr("姓名第{position}个字没有正确读出（U+{code}），请对照证件改为正确的字")

_PRIVATE_AREAS = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
_RADICALS = range(0x2E80, 0x2FE0)  # CJK Radicals Supplement and Kangxi Radicals
_SURROGATES = range(0xD800, 0xE000)
_CONTROLS = frozenset({*range(0x20), *range(0x7F, 0xA0)})
_STAND_INS = frozenset("\ufffd?\uff1f□〓")  # what converters and SDKs leave for a character they could not say
_DOTS = {ord(dot): "·" for dot in "•‧・･∙⋅"}  # of names such as 阿卜杜拉·买买提: unified for matching only


def folding_table(text: str) -> FoldingTable:
    """The table from the text of resources/codes/gb18030_pua.json."""
    pairs: Mapping[str, str] = json.loads(text)["pairs"]
    return MappingProxyType({chr(int(private, 16)): chr(int(standard, 16)) for private, standard in pairs.items()})


def folded(name: str, table: FoldingTable) -> str:
    """`name` with private characters replaced where the standard names a successor."""
    return "".join(table.get(character, character) for character in name)


def name_warnings(name: str, table: FoldingTable = NO_TABLE) -> tuple[str, ...]:
    """Sentences about characters that cannot be right in a name, in order; empty for a good name.

    Positions count characters (code points) from 1. Rare standard characters (𠮷) are good.
    """
    sentences = ((position, c, _sentence(c, table)) for position, c in enumerate(name, start=1))
    return tuple(
        sentence.format(position=position, code=f"{ord(c):04X}", standard=table.get(c, ""))
        for position, c, sentence in sentences
        if sentence
    )


def matching_form(name: str, table: FoldingTable = NO_TABLE) -> str:
    """For comparing and searching only, never to be shown or stored as the name: dots and blanks unified."""
    return "".join(folded(name, table).translate(_DOTS).split()).casefold()


def _sentence(character: str, table: FoldingTable) -> str:
    code = ord(character)
    if character in table:
        return KNOWN_PRIVATE
    if any(code in area for area in _PRIVATE_AREAS):
        return PRIVATE
    if code in _RADICALS:
        return RADICAL
    if code in _SURROGATES or code in _CONTROLS or character in _STAND_INS:
        return LOST
    return ""
