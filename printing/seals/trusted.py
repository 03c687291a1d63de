"""Reads what a hall trusts: files of certificates and revocation lists, as IT laid them into folders."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from client.errors import DeskError
from client.proof.chain import Trust
from client.proof.faults import ProofError
from printing.seals.faults import NO_TRUST

KINDS: Final = frozenset({".cer", ".crt", ".pem", ".der", ".crl"})


def trust_in(folders: Iterable[Path], files: Iterable[Path] = ()) -> Trust:
    """What lies in the folders that are there, by the endings `KINDS`, and in these files besides.

    Raises ProofError naming the first file that is neither certificates nor a list: passed over in silence, a seal
    would be judged wrong for a reason nobody sees.
    """
    found = Trust()
    lying = (file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()))
    for file in (*(each for each in lying if each.suffix.lower() in KINDS), *files):
        try:
            found = found.more(Trust.parse([file.read_bytes()]))
        except (OSError, DeskError) as error:
            raise ProofError(NO_TRUST, file=file) from error
    return found
