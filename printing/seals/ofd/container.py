"""The ZIP an OFD is, opened within bounds: what two readers might see differently, or no memory holds, is not opened.

Nothing is ever written to a disk; names count as keys alone. Bounds are looked at before anything is unpacked, and held
while it is, whatever the tables say.
"""

import posixpath
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET

from client.proof.faults import ProofError
from printing.seals.ofd.faults import NOT_OFD, TOO_LARGE, UNSAFE

MB: Final = 1024 * 1024
MOST_ENTRIES, MOST_TOTAL, MOST_OF_ONE, MOST_XML = 10_000, 200 * MB, 64 * MB, 8 * MB
MOST_RATIO, FREE_OF_RATIO = 150, 4 * MB
"""So much larger than it is packed may a part be; XML seldom passes 30. Small parts may be anything."""

_KINDS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # what OFD packs with (GB/T 33190-2016, clause 7.1)
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)
_FORBIDDEN = frozenset('\\:*?"<>|')  # in names of Windows; with them drive letters and streams


@dataclass(frozen=True)
class Package:
    """The parts of an OFD by name, `Doc_0/Document.xml`; each is unpacked where it is asked for."""

    _archive: zipfile.ZipFile
    _parts: Mapping[str, zipfile.ZipInfo]
    _folded: Mapping[str, str] = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> "Package":
        """Raises ProofError for what is no ZIP, too large once unpacked, or holds what no OFD does."""
        try:
            archive = zipfile.ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise ProofError(NOT_OFD, reason="ZIP") from error
        entries = archive.infolist()
        _bounded(entries)
        parts = {_name(entry): entry for entry in entries if not entry.is_dir()}
        folded = {name.casefold(): name for name in parts}
        files = sum(1 for entry in entries if not entry.is_dir())
        if len(folded) != files:
            raise ProofError(UNSAFE, reason="duplicate")
        return cls(archive, parts, folded)

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def find(self, location: str, beside: str = "") -> str | None:
        """The part a location (ST_Loc, clause 7.3) names from within the part `beside`; None where there is none.

        Makers write `TPLS` for `Tpls`: names are also found without regard to case, in which no two here agree.
        """
        told = location.strip()
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(beside), told)).lstrip("/")
        return path if path in self._parts else self._folded.get(path.casefold())

    def read(self, name: str) -> bytes:
        """A part's own bytes. Raises ProofError where it is not there or broken."""
        entry = self._parts.get(name)
        if entry is None:
            raise ProofError(NOT_OFD, reason=name[:80])
        try:
            with self._archive.open(entry) as part:
                content = part.read(entry.file_size + 1)  # never more than was told: the tables may lie
        except _BROKEN as error:
            raise ProofError(NOT_OFD, reason=name[:80]) from error
        if len(content) != entry.file_size:
            raise ProofError(NOT_OFD, reason=name[:80])
        return content

    def xml(self, name: str) -> ET.Element:
        """A part as XML, its names without their namespace. Raises ProofError: not there, no XML, with a DTD."""
        if (entry := self._parts.get(name)) is not None and entry.file_size > MOST_XML:
            raise ProofError(TOO_LARGE, reason=name[:80])
        return parse_xml(self.read(name), name)


def parse_xml(content: bytes, name: str) -> ET.Element:
    """XML in UTF-8, as OFD has it; with a DTD or entities it is none. Raises ProofError naming the part."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        raise ProofError(UNSAFE, reason=f"{name[:80]}: DTD")
    try:
        root = ET.fromstring(content, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - without a DTD there are no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ProofError(NOT_OFD, reason=name[:80]) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ProofError(TOO_LARGE, reason=str(len(entries)))
    if sum(entry.file_size for entry in entries) > MOST_TOTAL:
        raise ProofError(TOO_LARGE, reason=f"{MOST_TOTAL // MB} MB")
    for entry in entries:
        most = max(FREE_OF_RATIO, entry.compress_size * MOST_RATIO)
        if entry.file_size > min(MOST_OF_ONE, most):
            raise ProofError(TOO_LARGE, reason=entry.filename[:80])


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it stands in the file. Raises ProofError for a path that leads anywhere else, links and ciphers."""
    name = entry.orig_filename  # not yet made a path of this machine
    steps = name.split("/")
    if any(step in {"", ".", ".."} for step in steps) or _FORBIDDEN & set(name) or not name.isprintable():
        raise ProofError(UNSAFE, reason=ascii(name)[:80])
    if entry.flag_bits & _ENCRYPTED:
        raise ProofError(UNSAFE, reason="encrypted")
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise ProofError(UNSAFE, reason="link")
    if entry.compress_type not in _KINDS:
        raise ProofError(UNSAFE, reason=f"compression {entry.compress_type}")
    return name
