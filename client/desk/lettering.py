"""Which characters of a case its papers will not bear as they are: told before a paper is made, on record when it is.

Nobody is sent home for one: the paper names it by its code point, 〔U+XXXX〕, and the clerk knows it beforehand.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.errors import DeskError
from client.ports.glyphs import DRAWN_WORDS, Letter, Lettering, advice_of
from client.ports.papers import PaperFacts
from client.store import audit, papers
from client.store.cases import CaseRecord
from client.text import tr

NOT_KNOWN = tr("不能确定文书打不打得出全部的字：{why}")

_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "applicant": tr("申请人姓名（名称）"),
        "attendee": tr("经办人姓名"),
        "item": tr("事项名称"),
        "organ": tr("机关名称"),
    }
)


def told_of_case(counter: Counter, record: CaseRecord) -> tuple[str, ...]:
    """What the clerk must know of the names on this case's papers, in sentences; nothing for nearly every case."""
    texts = {
        "applicant": record.applicant.name if record.applicant else "",
        "attendee": record.attendee.name if record.attendee else "",
        "item": record.item.name,
        "organ": record.item.organ.name,
    }
    if texts["attendee"] == texts["applicant"]:
        del texts["attendee"]
    return told(counter.lettering, {_FIELDS[key]: text for key, text in texts.items()})


def told(lettering: Lettering, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The same of any texts that will stand on a paper, by the names of their fields."""
    try:
        return tuple(
            _sentence(field, position, letter)
            for field, text in texts.items()
            for position, letter in lettering.odd(text)
        )
    except DeskError as error:  # a font is not whole: what waits to be drawn says so itself, this only asked
        return (NOT_KNOWN.format(why=error.title),)


def texts_of(entries: Mapping[str, object]) -> dict[str, str]:
    """The texts among what is entered for a paper, by the names of their fields."""
    return {name: "\n".join(_texts(value)) for name, value in entries.items()}


def issue(counter: Counter, connection: Connection, case_id: int, facts: PaperFacts, by: Staff) -> int:
    """Issue a paper in the transaction of its act; what it will name by code points goes on record. Returns its id."""
    paper_id = papers.issue(connection, case_id, facts)
    letters = _odd_in(counter.lettering, facts)
    if letters:
        audit.add(
            connection, counter.clock(), by.staff_no, "odd_letters", f"paper:{paper_id}", "done", {"letters": letters}
        )
    return paper_id


def _odd_in(lettering: Lettering, facts: PaperFacts) -> list[str]:
    """The fields and code points, without the text around them. Nearly every paper has none, and one look tells."""
    whole = facts.model_dump_json()  # what JSON escapes (controls) it does with a backslash
    try:
        if "\\" not in whole and not lettering.odd(whole):
            return []
        return [
            f"{field} {letter.code} {letter.drawn}"
            for field, value in facts.model_dump().items()
            for text in _texts(value)
            for _, letter in lettering.odd(text)
        ]
    except DeskError:  # a promise is not held up by a font; the paper waits until it is whole again
        return []


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - of facts, whose parts are of any kind
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _sentence(field: str, position: int, letter: Letter) -> str:
    said = tr("{field}第{position}个字（{code}）{words}：{advice}")
    return said.format(
        field=field, position=position, code=letter.code, words=DRAWN_WORDS[letter.drawn], advice=advice_of(letter)
    )
