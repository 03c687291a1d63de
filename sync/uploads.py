"""Material files go up by tus 1.0, so that a cut line, a killed window or a killed hub costs one piece, not the file.

Nothing about an unfinished upload is remembered here: a creation declares the file's SHA-256, and a hub that
already holds a part of it answers with the offset to go on from. A foreign tus server simply starts anew.
"""

import base64
import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from sync.faults import FILE_REFUSED, NOT_A_PLATFORM, WRONG_DIGEST, FileFailed, Unsure, WrongDigest
from sync.throttle import Throttle
from sync.transport import Answer, Transport

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 4 << 20  # bytes of one request: what a cut costs at most
_LONGEST = 10  # seconds of one request where the rate is bounded, for the same reason
_STARTS = 2  # a file that arrives wrong twice is not sent a third time in one go
_STALLS = 3  # tries in a row that brought nothing further
_ABILITIES_TOLD = frozenset({200, 204, 405})  # a server need not be asked: one that says so has the bare protocol
_CHECKSUM_MISMATCH = 460  # tus 1.0, checksum extension


class _StartAgain(Exception):  # noqa: N818 -- an instruction within this module, not an error of the world
    """What is at the platform is of no use; `mismatch`: because it is not what its digest says."""

    def __init__(self, *, mismatch: bool) -> None:
        super().__init__()
        self.mismatch = mismatch


class _Elsewhere(FileFailed):
    """The server stands at another offset, or another window is putting the same file up."""


class Uploads:
    """The tus client of one platform: several files at once, together at most `rate` bytes a second.

    It asks once what the server can do (OPTIONS).
    """

    def __init__(
        self, transport: Transport, path: str = "/v1/files", piece: int = PIECE, rate: int | None = None
    ) -> None:
        self._transport = transport
        self._path = path
        self._piece = min(piece, rate * _LONGEST) if rate else piece
        self._throttle = Throttle(rate)
        self._abilities: frozenset[str] | None = None

    def put(self, digest: str, content: bytes) -> None:
        """Bring one file up whole, going on after a cut as long as it gets further.

        Raises FileFailed, Refused or Unsure when this file did not go, another PlatformError when none would.
        """
        mismatch = False
        for _ in range(_STARTS):
            try:
                url, offset = self._create(digest, content)
                self._follow(url, content, offset)
            except _StartAgain as error:
                mismatch = error.mismatch
                continue
            return
        raise WrongDigest(WRONG_DIGEST) if mismatch else FileFailed(FILE_REFUSED, status=HTTPStatus.GONE)

    def _create(self, digest: str, content: bytes) -> tuple[str, int]:
        """Declare the file, with its bytes when they fit one request; returns its URL and what is there already."""
        headers = TUS | {
            "Upload-Length": str(len(content)),
            "Upload-Metadata": ",".join(f"{key} {_base64(value)}" for key, value in _described(digest)),
        }
        body = b""
        if len(content) <= self._piece and "creation-with-upload" in self._can():
            body = content
            headers |= {"Content-Type": "application/offset+octet-stream"} | self._checksum(bytes.fromhex(digest))
        answer = self._send("POST", self._path, body, headers, HTTPStatus.CREATED)
        url = urljoin(f"{self._transport.base_url}{self._path}", answer.headers.get("Location", ""))
        if urlsplit(url)[:2] != urlsplit(self._transport.base_url)[:2]:  # another host, or https become http
            raise Unsure(NOT_A_PLATFORM, host=self._transport.host, status=answer.status)
        return url, self._offset(answer) if "Upload-Offset" in answer.headers else self._head(url)

    def _follow(self, url: str, content: bytes, offset: int) -> None:
        stalls = 0
        while offset < len(content):
            try:
                offset = self._patch(url, content[offset : offset + self._piece], offset)
                stalls = 0
            except (Unsure, _Elsewhere):
                before, offset = offset, self._head(url)
                stalls = stalls + 1 if offset <= before else 0
                if stalls == _STALLS:
                    raise

    def _patch(self, url: str, piece: bytes, offset: int) -> int:
        headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        headers |= self._checksum(None, piece)
        return self._offset(self._send("PATCH", url, piece, headers, HTTPStatus.NO_CONTENT))

    def _head(self, url: str) -> int:
        return self._offset(self._send("HEAD", url, None, TUS, HTTPStatus.OK))

    def _send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], wanted: HTTPStatus
    ) -> Answer:
        answer = self._transport.exchange(method, url, body=body, headers=headers, throttle=self._throttle)
        if answer.status == wanted:
            return answer
        gone = method != "POST" and answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
        if gone or answer.status == _CHECKSUM_MISMATCH:
            raise _StartAgain(mismatch=not gone)
        if answer.status in {HTTPStatus.CONFLICT, HTTPStatus.LOCKED}:
            raise _Elsewhere(FILE_REFUSED, status=answer.status)
        raise self._transport.complaint(answer)

    def _offset(self, answer: Answer) -> int:
        value = answer.headers.get("Upload-Offset", "")
        if not (value.isascii() and value.isdigit()):
            raise Unsure(NOT_A_PLATFORM, host=self._transport.host, status=answer.status)
        return int(value)

    def _checksum(self, known: bytes | None, piece: bytes = b"") -> dict[str, str]:
        if "checksum:sha256" not in self._can():
            return {}
        digest = known or hashlib.sha256(piece).digest()
        return {"Upload-Checksum": f"sha256 {base64.b64encode(digest).decode()}"}

    def _can(self) -> frozenset[str]:
        """The extensions of tus 1.0 the server offers; `checksum:sha256` when that algorithm is among its own."""
        if self._abilities is None:
            answer = self._transport.exchange("OPTIONS", self._path)
            if answer.status not in _ABILITIES_TOLD:
                raise self._transport.complaint(answer)
            extensions = _listed(answer, "Tus-Extension")
            if "checksum" in extensions and "sha256" in _listed(answer, "Tus-Checksum-Algorithm"):
                extensions |= {"checksum:sha256"}
            self._abilities = extensions
        return self._abilities


def _described(digest: str) -> tuple[tuple[str, str], ...]:
    """What a file is: for our hub its digest, for others what they ask of every file."""
    return ("sha256", digest), ("filename", digest), ("filetype", "application/octet-stream")


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _listed(answer: Answer, header: str) -> frozenset[str]:
    return frozenset(word.strip() for word in answer.headers.get(header, "").split(","))
