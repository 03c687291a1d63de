"""Which template counts at a window: the first pack that lies where one is looked for, as long as it is right.

A pack that was taken is kept beside the window's data. A later one that is wrong changes nothing: it is told what is
wrong, and papers go on as before. No pack anywhere: the shipped words.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import structlog

from client.ports.papers import PaperFacts, PaperKind, PaperLook, PaperOrder
from client.ports.templates import LARGEST_PACK, InForce, Trouble
from client.text import tr
from printing.faults import PACK_REFUSED, PACK_UNREAD, PACK_UNWRITTEN, PaperError
from printing.papers.samples import paper
from printing.papers.template import BASE, Template, shipped, shipped_languages
from printing.press import A4Press
from printing.templates.pack import Pack, read_pack
from printing.templates.trying import troubles_in

log = structlog.get_logger(__name__)

FILE: Final = "templates.toml"
_KEPT: Final = "templates.in-force.toml"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the places found, and the file it was found in as it was then."""

    mark: tuple[object, ...]
    template: Template
    told: InForce


class Shelf:
    """See `client.ports.templates.Templates`.

    `places` are looked at in this order; `folder` is the window's own, where a pack that was taken is kept.
    """

    def __init__(self, places: Sequence[Path], folder: Path) -> None:
        self._places = places
        self._folder = folder
        self._seen: Seen | None = None

    def template(self) -> Template:
        """By what the next paper is drawn; a pack that was not there before is tried first, which takes a second."""
        return self._look().template

    def in_force(self) -> InForce:
        return self._look().told

    def check(self, content: bytes) -> tuple[InForce, Sequence[Trouble]]:
        pack, troubles = tried(content)
        return (_told(pack, None) if pack is not None else InForce(BASE)), troubles

    def sample(self, kind: PaperKind, look: PaperLook, content: bytes | None = None) -> bytes:
        template = self.template() if content is None else right(content).template
        facts = paper(kind, look=look)
        if template.organs:  # whatever the hall prints of its organs is to be seen
            organ = facts.organ.model_copy(update={"uscc": next(iter(template.organs))})
            facts = facts.model_copy(update={"organ": organ})
        return A4Press(template).sample(PaperOrder(paper_id=0, reprint_no=0, facts=facts))

    def preview(self, facts: PaperFacts) -> bytes:
        return A4Press(self.template()).sample(PaperOrder(paper_id=0, reprint_no=0, facts=facts))

    def take(self, content: bytes) -> tuple[InForce, str]:
        """Put a pack that is right beside the window's settings; what counts then, and what the pack is called.

        Raises PaperError for one that is wrong, and where it cannot be written.
        """
        taken = right(content)
        write(self._folder / FILE, content)
        return self.in_force(), taken.template.name

    def read(self, path: Path) -> bytes:
        try:
            return content_of(path)
        except OSError as error:
            raise PaperError(PACK_UNREAD, file=path.name) from error

    def _look(self) -> Seen:
        path = next((place for place in self._places if _is_there(place)), None)
        mark = _mark(path)
        if self._seen is None or self._seen.mark != mark:
            self._seen = Seen(mark, *self._found(path))
        return self._seen

    def _found(self, path: Path | None) -> tuple[Template, InForce]:
        if path is None:
            with suppress(OSError):  # of another's window it only reads
                (self._folder / _KEPT).unlink(missing_ok=True)
            return shipped(), InForce(BASE, languages=languages_of(shipped()))
        kept, troubles = self._kept(), [Trouble(0, "", tr("读不到"))]
        try:
            content = content_of(path)
        except OSError:
            pack = None
        else:
            known = kept is not None and sha256(content).digest() == sha256(kept).digest()
            pack, troubles = read_pack(content) if known else tried(content)
        if pack is not None and not troubles:
            if content != kept:
                self._keep(content)
            return pack.template, _told(pack, path)
        log.warning("template pack refused", path=str(path), troubles=len(troubles))
        return self._as_before(kept, path, troubles)

    def _as_before(self, kept: bytes | None, path: Path, troubles: Sequence[Trouble]) -> tuple[Template, InForce]:
        before, wrong = read_pack(kept) if kept is not None else (None, [])
        if before is None or wrong:
            told = InForce(BASE, languages=languages_of(shipped()), refused=path, troubles=troubles)
            return shipped(), told
        told = _told(before, self._folder / _KEPT)
        return before.template, replace(told, refused=path, troubles=troubles)

    def _kept(self) -> bytes | None:
        try:
            return content_of(self._folder / _KEPT)
        except OSError:
            return None

    def _keep(self, content: bytes) -> None:
        """One that cannot be kept counts all the same, as long as it lies where it lies."""
        try:
            write(self._folder / _KEPT, content)
        except PaperError as error:
            log.warning("template pack not kept", code=error.code)


def tried(content: bytes) -> tuple[Pack | None, list[Trouble]]:
    """A pack and all that is wrong with it; it is drawn once its words are right."""
    pack, troubles = read_pack(content)
    if pack is None or troubles:
        return pack, troubles
    return pack, troubles_in(pack)


def right(content: bytes) -> Pack:
    """A pack that may count. Raises PaperError with the first things that are wrong."""
    pack, troubles = tried(content)
    if pack is None or troubles:
        first = troubles[0]
        raise PaperError(PACK_REFUSED, count=len(troubles), first=first.told)
    return pack


def content_of(path: Path) -> bytes:
    """No more of it than tells that it is too long. Raises OSError, also for what would keep us waiting (a pipe)."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(LARGEST_PACK + 1)


def write(path: Path, content: bytes) -> None:
    """Whole or not at all. Raises PaperError."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise PaperError(PACK_UNWRITTEN, file=path.name) from error


def languages_of(template: Template) -> tuple[str, ...]:
    """The second languages its papers can have."""
    return tuple(dict.fromkeys((*shipped_languages(), *template.languages)))


def _told(pack: Pack, path: Path | None) -> InForce:
    return InForce(pack.template.name, path, pack.made_on, languages_of(pack.template))


def _is_there(path: Path) -> bool:
    """What nobody may look at counts as there: that it cannot be read is told then."""
    try:
        return path.exists()
    except OSError:
        return True


def _mark(path: Path | None) -> tuple[object, ...]:
    """By what a file is known to be the same as before."""
    if path is None:
        return (None,)
    try:
        at = path.stat()
    except OSError:
        return (path, None)
    return (path, at.st_mtime_ns, at.st_size, at.st_ino)
