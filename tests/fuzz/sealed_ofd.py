"""OFDs that are fuzzed: the container, its XML, its seals, its pages."""

from collections.abc import Iterator
from contextlib import suppress

from client.proof.faults import ProofError
from printing.seals.ofd.container import Package
from printing.seals.ofd.signatures import ROOT
from printing.seals.use import judge, preview
from tests.seals.ofd_files import PAGE, packed, parts, sealed
from tests.seals.office import SIGNED_AT, office

OFFICE = office()
OFDS = [sealed(OFFICE), packed(parts())]
_DRAWN = b"OFD page\n"
"""Before a page alone, which a cut container would seldom let through."""


def seeds() -> Iterator[bytes]:
    yield from OFDS
    yield _DRAWN + parts()[PAGE]


def take(data: bytes) -> None:
    """Whatever it is; what is right has the parts that were sealed, and no other."""
    with suppress(ProofError):
        if data.startswith(_DRAWN):
            data = packed(parts() | {PAGE: data.removeprefix(_DRAWN)})
        assert preview(data).startswith(b"%PDF-") or not data.startswith(b"PK")
    try:
        verdicts = judge(data, SIGNED_AT, OFFICE.trust)
    except ProofError:
        return
    if any(verdict.ok for verdict in verdicts):
        assert _parts(data) in [_parts(seed) for seed in OFDS]


def _parts(data: bytes) -> dict[str, bytes]:
    package = Package.parse(data)
    return {name: package.read(name) for name in package.names if name != ROOT}
