"""Reads a template pack: TOML that puts a hall's words over the shipped ones, one at a time.

Whatever is wrong with it is found in one go, each with its line: whoever wrote it mends all of it at once.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from client.ports.papers import PaperKind
from client.ports.templates import LARGEST_PACK, Trouble
from client.rules.reasons import reason
from client.text import tr
from printing.papers.template import (
    BASE,
    LABELS,
    SHARED,
    Language,
    OrganDetails,
    Template,
    Words,
    shipped,
    shipped_languages,
)
from printing.templates.words import Wrong, checked, checked_gist, checked_line

HEAD: Final = ("name", "version", "made_on", "base")
FIXED: Final = frozenset({"reprint", "scan", "scan_why", "scan_slip", "scan_signed"})
"""Shared words that are everybody's: who proves a paper cuts out the mark of a copy, who seals it covers the others."""
SIGNERS: Final = "signers"  # keys of labels, no words
_KEY: Final = re.compile(r"""^\s*([A-Za-z0-9_\-."']+)\s*=""")
_TABLE: Final = re.compile(r"""^\s*\[([^\[\]]+)\]""")
_AT: Final = re.compile(r"line (\d+)")
_MOST_FOOTER: Final = 3
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_USCC: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_MERGED: Final = ("advice_phone", "supervision_phone", "review_organ", "court")


class _Head(BaseModel):
    """What a pack says of itself."""

    model_config = ConfigDict(extra="ignore", strict=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
    version: Annotated[int, Field(ge=1, le=9999)]
    made_on: date
    base: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it was read; `own` are the keys (section.key) it brings, with their lines."""

    template: Template
    made_on: date
    own: Mapping[str, int] = field(default_factory=dict)


def read_pack(content: bytes) -> tuple[Pack | None, list[Trouble]]:
    """The pack and what is wrong with it; None where it does not even say what it is."""
    if len(content) > LARGEST_PACK:
        return None, [Trouble(0, "", tr("超过 256 KB"))]
    try:
        text = content.decode("utf-8-sig")  # editors of Windows put a mark before the text
        found = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, [Trouble(0, "", tr("不是 UTF-8 文字"))]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT.search(str(error))
        return None, [Trouble(int(at[1]) if at else 0, "", tr("不是 TOML 格式"))]
    return _Reader(found, lines_of(text)).read()


def lines_of(text: str) -> Mapping[str, int]:
    """In which line each key stands, by its whole name; tables too."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = _plain(found[1])
            for parents in accumulate(table.split("."), "{}.{}".format):
                lines.setdefault(parents, number)
        elif found := _KEY.match(line):
            lines.setdefault(f"{table}.{_plain(found[1])}".lstrip("."), number)
    return lines


def _plain(name: str) -> str:
    return re.sub(r"""[\s"']""", "", name)


class _Reader:
    """Takes the tables of a pack one after the other, and notes what is wrong with each word."""

    def __init__(self, found: Mapping[str, Any], lines: Mapping[str, int]) -> None:
        self._found = found
        self._lines = lines
        self._troubles: list[Trouble] = []
        self._own: dict[str, int] = {}

    def read(self) -> tuple[Pack | None, list[Trouble]]:
        head = self._head()
        sections = self._sections()
        organs = dict(self._organs(self._table("organs", self._found.get("organs", {}))))
        languages = dict(self._languages(self._table("languages", self._found.get("languages", {}))))
        if head is None:
            return None, self._troubles
        name = f"{BASE}+{head.name}-{head.version}"
        return Pack(Template(name, sections, organs, languages), head.made_on, self._own), self._troubles

    def _head(self) -> _Head | None:
        try:
            head = _Head.model_validate(self._found)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False, include_context=False):
                self._wrong(".".join(map(str, each["loc"])), reason(each["type"]))
            return None
        if head.base != BASE:
            self._wrong("base", tr("本程序的文字是 {ours}，请按它核对后再改这一项").format(ours=BASE))
        return head

    def _sections(self) -> Mapping[str, Words]:
        """The shipped words with the pack's over them."""
        base = shipped().sections
        sections = dict(base)
        for section, found in self._found.items():
            if section in {*HEAD, "organs", "languages"}:
                continue
            if section not in base:
                self._wrong(section, tr("没有这一部分"))
                continue
            table = self._table(section, found)
            sections[section] = {**base[section], **dict(self._words(section, table, base[section]))}
        return sections

    def _words(self, section: str, table: Mapping[str, Any], base: Words) -> Iterator[tuple[str, Any]]:
        for key, words in table.items():
            name = f"{section}.{key}"
            if key not in base:
                self._wrong(name, tr("没有这一项"))
            elif section == SHARED and key in FIXED:
                self._wrong(name, tr("核验和用印要用到，不能改"))
            elif key == SIGNERS:
                self._wrong(name, tr("由谁签字不能改"))
            elif self._is_right(name, checked, words, base[key]):
                yield key, words

    def _organs(self, table: Mapping[str, Any]) -> Iterator[tuple[str, OrganDetails]]:
        for uscc, found in table.items():
            name = f"organs.{uscc}"
            if not _USCC.fullmatch(uscc):
                self._wrong(name, tr("不是统一社会信用代码"))
                continue
            details = {key: each for key, each in self._table(name, found).items() if self._is_detail(name, key, each)}
            footer = tuple(details.pop("footer", ()))
            letterhead = details.pop("letterhead", "")
            yield uscc, OrganDetails(letterhead, footer, details)

    def _is_detail(self, name: str, key: str, found: object) -> bool:
        name = f"{name}.{key}"
        if key == "footer":
            return self._is_right(name, _checked_lines, found)
        if key not in {"letterhead", *_MERGED}:
            self._wrong(name, tr("没有这一项"))
            return False
        return self._is_right(name, checked_line, found)

    def _languages(self, table: Mapping[str, Any]) -> Iterator[tuple[str, Language]]:
        for code, found in table.items():
            name = f"languages.{code}"
            if not _LANGUAGE.fullmatch(code) or code.startswith("zh"):
                self._wrong(name, tr("不是语言代码，例如 en、bo"))
                continue
            known = shipped_languages().get(code)
            sections = dict(known.sections if known is not None else {})
            for section, words in self._table(name, found).items():
                if section not in {SHARED, LABELS, *PaperKind}:
                    self._wrong(f"{name}.{section}", tr("没有这一部分"))
                    continue
                own = dict(self._second_words(f"{name}.{section}", section, words))
                sections[section] = {**sections.get(section, {}), **own}
            yield code, Language(code, sections)

    def _second_words(self, name: str, section: str, found: object) -> Iterator[tuple[str, Any]]:
        labels = shipped().words(LABELS)
        for key, words in self._table(name, found).items():
            own = f"{name}.{key}"
            if section == LABELS and key in labels:
                right = self._is_right(own, checked, words, labels[key])
            elif section in set(PaperKind) and key == "gist":
                right = self._is_right(own, checked_gist, words)
            elif (section in set(PaperKind) and key == "title") or (section == SHARED and key == "prevails"):
                right = self._is_right(own, checked_line, words)
            else:
                self._wrong(own, tr("没有这一项"))
                right = False
            if right:
                yield key, words

    def _table(self, name: str, found: object) -> Mapping[str, Any]:
        if isinstance(found, dict):
            return found
        self._wrong(name, tr("应当是一个部分（[{name}]）").format(name=name))
        return {}

    def _is_right(self, name: str, check: Callable[..., None], *words: object) -> bool:
        try:
            check(*words)
        except Wrong as wrong:
            self._wrong(name, wrong.why)
            return False
        self._own[name] = self._line(name)
        return True

    def _wrong(self, key: str, why: str) -> None:
        shown = key if key.isprintable() else ascii(key)  # it may be said on a terminal
        self._troubles.append(Trouble(self._line(key), shown, why))

    def _line(self, key: str) -> int:
        """That of the key, else of the table it stands in."""
        while key and key not in self._lines:
            key = key.rpartition(".")[0]
        return self._lines.get(key, 0)


def _checked_lines(found: object) -> None:
    if not isinstance(found, list) or len(found) > _MOST_FOOTER:
        raise Wrong(tr("应当是至多 {most} 行文字").format(most=_MOST_FOOTER))
    for line in found:
        checked_line(line)
