"""A paper on its way to the page: what it states, in which words, how large, and which second language beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from string import Formatter

from client.ports.papers import PaperFacts
from printing.papers.measures import LARGE, NORMAL, Measures
from printing.papers.template import LABELS, SHARED, Language, Template, Words
from printing.papers.wording import full_width


@dataclass(frozen=True, slots=True)
class Galley:
    """All that the parts of a paper need to be set."""

    facts: PaperFacts
    template: Template
    measures: Measures = NORMAL
    second: Language | None = None

    @classmethod
    def of(cls, facts: PaperFacts, template: Template) -> "Galley":
        """As the facts want it to look; where they know nothing of their organ, the template may."""
        details = template.organs.get(facts.organ.uscc)
        if details is not None:
            unknown = {name: words for name, words in details.facts.items() if not getattr(facts.organ, name)}
            facts = facts.model_copy(update={"organ": facts.organ.model_copy(update=unknown)})
        return cls(facts, template, LARGE if facts.look.large else NORMAL, template.language(facts.look.second))

    @property
    def words(self) -> Words:
        """Those of this kind of paper."""
        return self.template.words(self.facts.kind)

    @property
    def shared(self) -> Words:
        return self.template.shared

    @property
    def labels(self) -> Words:
        return self.template.words(LABELS)

    @property
    def letterhead(self) -> str:
        """Whose paper it is, as the hall writes it at the head."""
        organ = self.facts.organ
        details = self.template.organs.get(organ.uscc)
        return (details.letterhead if details is not None else "") or organ.name

    @property
    def footer(self) -> Sequence[str]:
        """What the hall prints below the text for this organ."""
        details = self.template.organs.get(self.facts.organ.uscc)
        return details.footer if details is not None else ()

    @property
    def gist(self) -> str:
        """What the paper says in the second language; a sentence whose facts are not known is left out."""
        if self.second is None or not (sentences := self.second.words(self.facts.kind).get("gist")):
            return ""
        known = places(self.facts)
        said = [sentence.format_map(known) for sentence in sentences if places_in(sentence) <= known.keys()]
        return " ".join([*said, self._second(SHARED, "prevails")]).strip()

    @property
    def second_title(self) -> str:
        return self._second(self.facts.kind, "title")

    def second_label(self, key: str) -> str:
        """A label in the second language; empty where there is none."""
        return self._second(LABELS, key)

    def second_labels(self, key: str, count: int) -> list[str]:
        """The headings of a table in the second language: `count` of them, each empty where there is none."""
        told = list(self.second.words(LABELS).get(key, ())) if self.second is not None else []
        return (told + [""] * count)[:count]

    def _second(self, section: str, key: str) -> str:
        told: str = self.second.words(section).get(key, "") if self.second is not None else ""
        return told


def places(facts: PaperFacts) -> Mapping[str, str]:
    """The facts a sentence may name that are known, and those of the organ; dates as in any language (GB/T 7408)."""
    added = facts.entries.model_dump()
    every = {**facts.organ.model_dump(exclude={"name"}), **facts.model_dump(), "organ": facts.organ.name, **added}
    return {name: _told(value) for name, value in every.items() if isinstance(value, str | date | Decimal) and value}


def places_in(sentence: str) -> set[str]:
    """The names of the places a sentence has. Raises ValueError for a sentence whose braces do not close."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _told(value: str | date | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else full_width(value)
