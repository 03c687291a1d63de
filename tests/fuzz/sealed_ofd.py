"""OFDs that are fuzzed: the container, its XML, its seals."""

from collections.abc import Iterator

from client.proof.faults import ProofError
from printing.seals.ofd.container import Package
from printing.seals.ofd.signatures import ROOT
from printing.seals.use import judge
from tests.seals.ofd_files import packed, parts, sealed
from tests.seals.office import SIGNED_AT, office

OFFICE = office()
OFDS = [sealed(OFFICE), packed(parts())]


def seeds() -> Iterator[bytes]:
    yield from OFDS


def take(data: bytes) -> None:
    """Whatever it is; what is right has the parts that were sealed, and no other."""
    try:
        verdicts = judge(data, SIGNED_AT, OFFICE.trust)
    except ProofError:
        return
    if any(verdict.ok for verdict in verdicts):
        assert _parts(data) in [_parts(seed) for seed in OFDS]


def _parts(data: bytes) -> dict[str, bytes]:
    package = Package.parse(data)
    return {name: package.read(name) for name in package.names if name != ROOT}
