"""The code tables a chip's text refers to, read from resources when first asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from client.rules.names import FoldingTable, folding_table


@dataclass(frozen=True, slots=True)
class CodeTables:
    """Sex (GB/T 2261.1) and nation (GB/T 3304) by code, and the private area of older encodings (GB 18030)."""

    sexes: Mapping[str, str]
    nations: Mapping[str, str]
    folding: FoldingTable


@cache
def code_tables() -> CodeTables:
    return CodeTables(
        sexes=json.loads(_text("sexes.json"))["names"],
        nations=json.loads(_text("nations.json"))["names"],
        folding=folding_table(_text("gb18030_pua.json")),
    )


def _text(name: str) -> str:
    return files("resources").joinpath("codes", name).read_text("utf-8")
