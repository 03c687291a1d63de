"""The tus 1.0 end of the hub: creation, creation-with-upload and checksum, at addresses made of the digest itself."""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Header, Path, Request, Response
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync.hub.problems import Kind, Rejection
from sync.hub.shelf import MAX_SIZE, Incoming, Shelf
from sync.hub.store import Store
from sync.hub.tables import files
from sync.hub.together import Together
from sync.protocol import Digests

TUS = {"Tus-Resumable": "1.0.0"}
ABILITIES = TUS | {
    "Tus-Version": "1.0.0",
    "Tus-Extension": "creation,creation-with-upload,checksum",
    "Tus-Checksum-Algorithm": "sha256",
    "Tus-Max-Size": str(MAX_SIZE),
}
_GULP = 1 << 20  # bytes gathered before they are written
_STREAM_TYPE = "application/offset+octet-stream"
_NEW_FILE = insert(files)
_DIGEST = re.compile(r"[0-9a-f]{64}")

TusVersion = Annotated[str | None, Header(alias="Tus-Resumable")]
Checksum = Annotated[str | None, Header(alias="Upload-Checksum")]
Length = Annotated[int, Header(alias="Upload-Length", ge=0)]
Metadata = Annotated[str, Header(alias="Upload-Metadata", description="sha256 + base64 of the hex digest")]
Offset = Annotated[int, Header(alias="Upload-Offset", ge=0)]
FileDigest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 in hex")]


class _Whole(NamedTuple):
    """A file that lies in its place."""

    sha256: str
    size: int


class Reception:
    """What the routes need: the rows of whole files, and the shelf they lie on."""

    def __init__(self, store: Store, shelf: Shelf) -> None:
        self.store = store
        self.shelf = shelf
        self._rows = Together(self._note)

    def size(self, digest: str) -> int | None:
        """Size of a whole file, None when the hub does not hold it."""
        with self.store.read() as connection:
            return connection.scalar(select(files.c.size).where(files.c.sha256 == digest))

    def held(self, digest: str, size: int) -> None:
        """A file lies in its place: write its row, in one commit with those of others that came meanwhile."""
        self._rows.put(_Whole(digest, size))

    def _note(self, found: Sequence[_Whole]) -> None:
        at = datetime.now(UTC).isoformat()
        rows = [{**each._asdict(), "held_at": at} for each in found]
        if not self._put(rows):
            for row in rows:
                self._put([row])

    def _put(self, rows: Sequence[Mapping[str, object]]) -> bool:
        """False where another process brought one of these files: it is held, which is all that counts."""
        try:
            with self.store.write() as connection:
                connection.execute(_NEW_FILE, rows)
        except IntegrityError:
            return False
        return True

    def missing(self, digests: list[str]) -> list[str]:
        with self.store.read() as connection:
            held = set(connection.scalars(select(files.c.sha256).where(files.c.sha256.in_(digests))))
        return [digest for digest in digests if digest not in held]

    def begin(self, digest: str, length: int) -> int | None:
        """The offset to go on from; None when the hub holds the whole file."""
        return None if self._holds(digest) else self.shelf.declare(digest, length)

    def reached(self, digest: str, length: int) -> int:
        """Begin an upload, or find it; returns how far it is."""
        offset = self.begin(digest, length)
        return length if offset is None else offset

    def bring(self, digest: str, length: int, content: bytes, piece: bytes | None, *, whole: bool) -> int:
        """What came of a file in the request that declares it; returns how far the upload is then."""
        writer = self.begin_with_bytes(digest, length)
        if writer is None:
            return self.reached(digest, length)
        try:
            return self.end(digest, writer, content, piece, whole=whole)
        finally:
            self.shelf.close(digest, writer)

    def begin_with_bytes(self, digest: str, length: int) -> Incoming | None:
        """An upload that begins with this request; None when the hub holds the file, or a part of it."""
        return None if self._holds(digest) else self.shelf.begin(digest, length)

    def _holds(self, digest: str) -> bool:
        """Its row is written last: without the file there is none, and the store need not be asked."""
        return self.shelf.path(digest).exists() and self.size(digest) is not None

    def standing(self, digest: str) -> tuple[int, int]:
        """Length and offset of a file, whole or on its way."""
        size = self.size(digest)
        found = (size, size) if size is not None else self.shelf.find(digest)
        if found is None:
            raise Rejection(Kind.UNKNOWN_UPLOAD)
        return found

    def end(self, digest: str, writer: Incoming, rest: bytes, piece: bytes | None, *, whole: bool) -> int:
        """End a request with its last bytes: check its piece, finish the file when it is all there; returns the offset.

        `whole`: the request came to its end. One that did not, or brought other bytes than its checksum says,
        leaves nothing behind where a checksum was declared.
        """
        writer.write(rest)
        wrong = piece is not None and not (whole and writer.piece_is(piece))
        if wrong:
            writer.undo()
        if wrong and whole:
            raise Rejection(Kind.WRONG_DIGEST)
        if writer.position == writer.length:
            self.shelf.finish(digest, writer, lambda size: self.held(digest, size))
        return writer.position


def router(reception: Reception) -> APIRouter:
    """The routes under /v1/files."""
    routes = APIRouter(prefix="/v1/files", tags=["files"])

    @routes.options("", status_code=204, summary="What this tus server can do")
    def abilities() -> Response:
        return Response(status_code=204, headers=ABILITIES)

    @routes.post("/missing", summary="Which of these files the hub does not hold")
    def missing(question: Digests) -> Digests:
        return Digests(sha256=reception.missing(question.sha256))

    @routes.post(
        "", status_code=201, response_class=Response, summary="Begin an upload (tus creation, with or without bytes)"
    )
    async def create(
        request: Request, length: Length, metadata: Metadata, tus: TusVersion = None, checksum: Checksum = None
    ) -> Response:
        _check_version(tus)
        digest = _declared_digest(metadata)
        if length > MAX_SIZE:
            raise Rejection(Kind.TOO_LARGE, headers={"Tus-Max-Size": str(MAX_SIZE)})
        reached = await _begin(reception, request, digest, length, checksum)
        headers = TUS | {"Location": f"/v1/files/{digest}", "Upload-Offset": str(reached)}
        return Response(status_code=201, headers=headers)

    @routes.head("/{digest}", response_class=Response, summary="How far an upload has come")
    def standing(digest: FileDigest, tus: TusVersion = None) -> Response:
        _check_version(tus)
        length, offset = reception.standing(digest)
        headers = TUS | {"Upload-Offset": str(offset), "Upload-Length": str(length), "Cache-Control": "no-store"}
        return Response(status_code=200, headers=headers)

    @routes.patch("/{digest}", status_code=204, summary="Bring the next bytes")
    async def patch(
        request: Request, digest: FileDigest, offset: Offset, tus: TusVersion = None, checksum: Checksum = None
    ) -> Response:
        _check_version(tus)
        if request.headers.get("content-type") != _STREAM_TYPE:
            raise Rejection(Kind.UPLOAD_TYPE)
        reached = await _receive(reception, request, digest, offset, checksum)
        return Response(status_code=204, headers=TUS | {"Upload-Offset": str(reached)})

    return routes


async def _begin(reception: Reception, request: Request, digest: str, length: int, checksum: str | None) -> int:
    """Begin an upload, with its bytes where they come along and are wanted; returns how far it is then."""
    piece = _checksum(checksum)
    if request.headers.get("content-type") != _STREAM_TYPE and length > 0:
        return await run_in_threadpool(reception.reached, digest, length)
    body = _Body(request)
    first = await body.gulp()
    if body.ended:
        return await run_in_threadpool(reception.bring, digest, length, first, piece, whole=body.whole)
    writer = await run_in_threadpool(reception.begin_with_bytes, digest, length)
    if writer is None:
        return await run_in_threadpool(reception.reached, digest, length)
    return await _pour(reception, body, digest, writer, piece, first)


async def _receive(reception: Reception, request: Request, digest: str, offset: int, checksum: str | None) -> int:
    """Go on with an upload. A piece with a checksum counts whole or not at all."""
    piece = _checksum(checksum)
    writer = await run_in_threadpool(reception.shelf.open, digest, offset)
    return await _pour(reception, _Body(request), digest, writer, piece)


async def _pour(
    reception: Reception, body: "_Body", digest: str, writer: Incoming, piece: bytes | None, content: bytes = b""
) -> int:
    """Write the body as it comes, after what came of it already; returns how far the upload is then."""
    try:
        while not body.ended:
            if content:
                await run_in_threadpool(writer.write, content)
            content = await body.gulp()
        return await run_in_threadpool(reception.end, digest, writer, content, piece, whole=body.whole)
    finally:
        reception.shelf.close(digest, writer)


class _Body:
    """The body of a request, a gulp at a time."""

    def __init__(self, request: Request) -> None:
        self._pieces = request.stream()
        self.ended = False
        self.whole = False  # its sender did not go away before its end

    async def gulp(self) -> bytes:
        """So many bytes at least; fewer when it has ended."""
        gathered: list[bytes] = []
        size = 0
        try:
            while size < _GULP:
                content = await anext(self._pieces)
                gathered.append(content)
                size += len(content)
        except StopAsyncIteration:
            self.ended = self.whole = True
        except ClientDisconnect:
            self.ended = True
        return b"".join(gathered)


def _check_version(version: str | None) -> None:
    if version != TUS["Tus-Resumable"]:
        raise Rejection(Kind.UPLOAD_VERSION, headers={"Tus-Version": ABILITIES["Tus-Version"]})


def _declared_digest(metadata: str) -> str:
    """The `sha256` of Upload-Metadata: pairs of key and base64, joined by commas (tus 1.0, creation)."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    digest = _decoded(pairs.get("sha256", "")).decode("ascii", "replace")
    if not _DIGEST.fullmatch(digest):
        raise Rejection(Kind.UPLOAD_INVALID, fields=["Upload-Metadata"])
    return digest


def _checksum(header: str | None) -> bytes | None:
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    if algorithm != "sha256":
        raise Rejection(Kind.UPLOAD_INVALID, fields=["Upload-Checksum"])
    return _decoded(value)


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except ValueError as error:  # no ASCII, no base64
        raise Rejection(Kind.UPLOAD_INVALID) from error
