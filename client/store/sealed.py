"""Files of pages and papers at rest: each sealed under AES-256-GCM, named so that its name confirms no guess.

A name is HMAC-SHA-256(sub-key, SHA-256(content)): a plain digest would tell whoever finds the folder whether a
certain document is in it. The same content is one file.
"""

import hashlib
import hmac
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from client.errors import FileLost
from client.store import faults
from client.store.durable import UNFINISHED, disk_errors, sync_folder, write_whole
from client.store.keys import Purpose, StoreKey
from client.text import tr

# version byte, 12-byte nonce, ciphertext, 16-byte tag; the name is the associated data
_VERSION = b"\x01"
_NONCE = 12
_SHORTEST = len(_VERSION) + _NONCE + 16
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What a row keeps of a file: its name in the folder, the SHA-256 (hex) and size (bytes) of its content."""

    name: str
    sha256: str
    size: int


def place(folder: Path, name: str) -> Path:
    """Where the sealed file `name` lies in `folder`.

    16 folders of 256: at a million files some 250 lie in each, and few folders are made for few files.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a sealed file")
    return folder / name[0] / name[1:3] / name


class SealedFiles:
    """The folder of sealed files of one store."""

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._folder = folder
        self._cipher = AESGCM(key.subkey(Purpose.FILES))
        self._name_key = key.subkey(Purpose.FILE_NAMES)
        self._settled: set[Path] = set()
        self._put: set[str] = set()  # in this run: their rows may still be on the way
        self._guard = threading.Lock()

    def put(self, content: bytes) -> SealedFile:
        """Seal `content`; it is on the disk, name and all, when this returns. Harmless when repeated.

        In one piece: meant for pages of up to some 50 MiB, of which memory holds two. Raises StoreError (full,
        rights, disk) and leaves nothing half done.
        """
        digest = hashlib.sha256(content)
        name = hmac.digest(self._name_key, digest.digest(), "sha256").hex()
        path = self._path(name)
        with self._guard:
            self._put.add(name)
        if not self._is_sound(name):
            self._settle(path.parent)
            nonce = secrets.token_bytes(_NONCE)
            sealed = _VERSION + nonce + self._cipher.encrypt(nonce, content, name.encode())
            write_whole(path, sealed, what=tr("材料页"))
        return SealedFile(name, digest.hexdigest(), len(content))

    def get(self, name: str) -> bytes:
        """The content of the file `name`, authenticated. Raises FileLost (missing, damaged), StoreError (disk)."""
        path = self._path(name)
        with disk_errors(name[:8]):
            try:
                sealed = path.read_bytes()
            except FileNotFoundError as error:
                raise FileLost(faults.FILE_MISSING, file=name[:8]) from error
        if len(sealed) < _SHORTEST or sealed[:1] != _VERSION:
            raise FileLost(faults.FILE_DAMAGED, file=name[:8])
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], name.encode())
        except InvalidTag as error:
            raise FileLost(faults.FILE_DAMAGED, file=name[:8]) from error

    def names(self) -> Iterator[str]:
        """Every name in the folder, in no order: those without a row are orphans of a crash and may be deleted."""
        for path in self._folder.glob("?/??/*"):
            if _NAME.fullmatch(path.name):
                yield path.name

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Name and size (bytes) of the content of every file in the folder, by what the folder says of it."""
        for name in self.names():
            with suppress(FileNotFoundError):  # taken away meanwhile
                yield name, self._path(name).stat().st_size - _SHORTEST

    def set_aside(self, name: str) -> bool:
        """Keep a damaged file apart, as evidence under another name that nobody reads; whether it was there.

        The same content sealed again then gets the name as if nothing had been. Raises StoreError.
        """
        path = self._path(name)
        with disk_errors(name[:8]):
            try:
                path.rename(path.with_name(f"{name}.damaged"))
            except FileNotFoundError:
                return False
            sync_folder(path.parent)
        return True

    def delete(self, name: str) -> None:
        """Remove the file `name`, also from the disk's memory of names; harmless when it is gone. Raises StoreError."""
        path = self._path(name)
        with disk_errors(name[:8]):
            path.unlink(missing_ok=True)
            if path.parent.exists():
                sync_folder(path.parent)

    def discard(self, name: str) -> bool:
        """Remove the file `name` unless it was put here in this run; whether it was. Raises StoreError."""
        with self._guard:  # whoever puts it now either comes first, and is seen, or finds it gone and writes it
            if name in self._put:
                return False
            self.delete(name)
            return True

    def clear_unfinished(self) -> int:
        """Remove what a crash left half written; for the lock's holder, before work begins. Returns how many."""
        left = list(self._folder.glob(f"?/??/.*{UNFINISHED}"))
        with disk_errors(self._folder.name):
            for path in left:
                path.unlink(missing_ok=True)
        return len(left)

    def _is_sound(self, name: str) -> bool:
        try:
            self.get(name)
        except FileLost:
            return False
        return True

    def _path(self, name: str) -> Path:
        return place(self._folder, name)

    def _settle(self, folder: Path) -> None:
        """Make `folder`, and make sure that a power cut does not unmake it; the disk is asked once per run."""
        if folder in self._settled:
            return
        with disk_errors(self._folder.name):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for made_in in (folder.parent, self._folder, self._folder.parent):
                sync_folder(made_in)
        self._settled.add(folder)
