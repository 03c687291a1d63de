"""The words of all papers: the shipped ones, and what a hall's pack puts over them, one word at a time.

What is drawn from one template carries its name and version; two templates never share a word.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import ascii_letters, ascii_uppercase, digits
from types import MappingProxyType
from typing import Any, Final

from client.ports.papers import PaperKind

BASE: Final = "a4-2026.4"
"""Name and version of the layout and its words."""

SHARED: Final = "shared"
LABELS: Final = "labels"
Words = Mapping[str, Any]
"""The words of one part of a paper: a sentence each, or a list of headings."""

_NOTHING: Final[Words] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Language:
    """A second language, beside the Chinese and below it: what of a paper it says, by part of the paper.

    A kind of paper has its `title`, and as `gist` the sentences that say what it means.
    """

    code: str
    sections: Mapping[str, Words]

    def words(self, section: str) -> Words:
        return self.sections.get(section, _NOTHING)


@dataclass(frozen=True, slots=True)
class OrganDetails:
    """What a hall prints of an organ beside the facts: its 红头 in the letterhead, and lines below the text."""

    letterhead: str = ""
    footer: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)  # phones and courts, where the frozen facts have none


@dataclass(frozen=True, eq=False)
class Template:
    """Words by part of the paper, details of organs by 统一社会信用代码, and second languages by code."""

    name: str
    sections: Mapping[str, Words]
    organs: Mapping[str, OrganDetails] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)

    def words(self, section: str) -> Words:
        """Of a kind of paper, or of what all share."""
        return self.sections[section]

    @property
    def shared(self) -> Words:
        return self.sections[SHARED]

    def language(self, code: str | None) -> Language | None:
        """None for none, and for one nobody has words in."""
        if code is None:
            return None
        return self.languages.get(code) or (shipped_languages().get(code))

    def fixed_letters(self, kind: PaperKind, second: Language | None = None) -> str:
        """All letters a paper of `kind` may print whatever its facts, with the digits and letters of numbers."""
        parts = [part for section in (SHARED, LABELS, kind) for part in self.sections[section].values()]
        if second is not None:
            parts += [part for section in (SHARED, LABELS, kind) for part in second.words(section).values()]
        numbers = (ascii_letters if second is not None else ascii_uppercase) + digits
        return "".join(map(_joined, parts)) + numbers


def _joined(part: str | Sequence[Any]) -> str:
    """A sentence, headings, or paragraphs of sentences."""
    return part if isinstance(part, str) else "".join(map(_joined, part))


@cache
def shipped() -> Template:
    """The words this program came with."""
    return Template(BASE, parsed(f"{BASE}.toml"))


@cache
def shipped_languages() -> Mapping[str, Language]:
    """The second languages this program came with, by code; read when the first paper wants one."""
    return {code: Language(code, parsed(f"{BASE}.{code}.toml")) for code in ("en",)}


def parsed(name: str) -> Mapping[str, Words]:
    """A file of resources/papers."""
    return tomllib.loads((files("resources") / "papers" / name).read_text(encoding="utf-8"))
