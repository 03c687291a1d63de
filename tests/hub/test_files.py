"""Files at the hub: tus 1.0 to the letter, and no wrong byte ever called done."""

import errno
import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from sync.hub import shelf as shelf_module
from sync.hub.problems import Kind, Rejection
from sync.hub.shelf import MAX_SIZE, Incoming, Shelf
from sync.hub.store import Store
from sync.hub.uploads import Reception, _Whole
from tests.hub.tus import STREAM, TUS, checksum, creation
from tests.hubs import LocalHub
from tests.sync.sample import sha256

CONTENT = bytes(range(256)) * 40
DIGEST = sha256(CONTENT)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "files")
    made.prepare()
    return made


def ask(
    hub: LocalHub, method: str, path: str = "", content: bytes = b"", headers: Mapping[str, str] | None = None
) -> requests.Response:
    named = TUS | dict(headers or {})
    return requests.request(method, f"{hub.url}/v1/files{path}", data=content, headers=named, timeout=10)


def patch(hub: LocalHub, offset: int, piece: bytes, **headers: str) -> requests.Response:
    return ask(hub, "PATCH", f"/{DIGEST}", piece, STREAM | {"Upload-Offset": str(offset)} | headers)


def code(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_the_server_says_what_it_can_do(hub: LocalHub) -> None:
    answer = requests.options(f"{hub.url}/v1/files", timeout=10)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,checksum"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256"
    assert int(answer.headers["Tus-Max-Size"]) == MAX_SIZE


def test_a_file_comes_in_pieces_and_is_done_when_it_is_right(hub: LocalHub) -> None:
    made = ask(hub, "POST", headers=creation(CONTENT))
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "0")
    assert made.headers["Location"] == f"/v1/files/{DIGEST}"
    for start in range(0, len(CONTENT), 4000):
        piece = CONTENT[start : start + 4000]
        answer = patch(hub, start, piece, **checksum(piece))
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(start + len(piece)))
    assert (hub.files / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
    whole = ask(hub, "HEAD", f"/{DIGEST}")
    assert whole.headers["Upload-Offset"] == whole.headers["Upload-Length"] == str(len(CONTENT))


def test_a_large_file_in_one_request_is_taken_gulp_by_gulp(hub: LocalHub) -> None:
    large = CONTENT * 300  # 3 MB
    answer = ask(hub, "POST", content=large, headers=creation(large) | STREAM | checksum(large))
    assert answer.headers["Upload-Offset"] == str(len(large))
    assert (hub.files / sha256(large)[:2] / sha256(large)).read_bytes() == large


def test_an_unfinished_upload_is_found_again_by_its_digest(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    patch(hub, 0, CONTENT[:100])
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "100"
    again = ask(hub, "POST", content=CONTENT, headers=creation(CONTENT) | STREAM)  # its bytes are not wanted twice
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "100")
    assert patch(hub, 100, CONTENT[100:]).status_code == 204


def test_a_piece_at_the_wrong_place_is_a_conflict(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    assert code(patch(hub, 5, b"x")) == (409, "other-offset")
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("start", [0, 100])
def test_a_piece_with_a_wrong_checksum_leaves_nothing_behind(hub: LocalHub, start: int) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    patch(hub, 0, CONTENT[:start])
    assert code(patch(hub, start, CONTENT[start:200], **checksum(b"other"))) == (460, "wrong-digest")
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == str(start)
    assert patch(hub, start, CONTENT[start:]).status_code == 204
    assert (hub.files / DIGEST[:2] / DIGEST).read_bytes() == CONTENT


def test_wrong_bytes_are_never_done(hub: LocalHub) -> None:
    promised = creation(CONTENT)
    assert code(ask(hub, "POST", content=CONTENT[::-1], headers=promised | STREAM)) == (460, "wrong-digest")
    assert ask(hub, "HEAD", f"/{DIGEST}").status_code == 404
    assert ask(hub, "POST", content=CONTENT, headers=promised | STREAM).headers["Upload-Offset"] == str(len(CONTENT))


def test_more_than_was_declared_is_refused(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    assert code(patch(hub, 0, CONTENT + b"x")) == (413, "too-large")
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "0"


def test_a_file_declared_with_another_length_begins_anew(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT[:7], DIGEST))
    patch(hub, 0, CONTENT[:3])
    ask(hub, "POST", headers=creation(CONTENT))
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "0"


def test_a_cut_request_keeps_what_came_unless_it_promised_a_checksum(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    _cut(hub, CONTENT[:1000], **checksum(CONTENT))
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "0"
    _cut(hub, CONTENT[:1000])
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == "1000"
    assert patch(hub, 1000, CONTENT[1000:]).status_code == 204


def test_a_file_that_comes_with_its_declaration_leaves_no_second_one_behind(hub: LocalHub) -> None:
    assert ask(hub, "POST", content=CONTENT, headers=creation(CONTENT) | STREAM).status_code == 201
    assert list((hub.files / "incoming").iterdir()) == []
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == str(len(CONTENT))


def test_a_declaration_cut_in_its_bytes_keeps_them_unless_it_promised_a_checksum(hub: LocalHub) -> None:
    for promised, kept in ((checksum(CONTENT), "0"), ({}, "1000")):
        _cut(hub, CONTENT[:1000], **creation(CONTENT) | promised)
        assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == kept
        assert ask(hub, "POST", headers=creation(CONTENT)).headers["Upload-Offset"] == kept
        if kept == "0":
            assert ask(hub, "POST", headers=creation(CONTENT[:-1], DIGEST)).status_code == 201
            (hub.files / "incoming" / f"{DIGEST}.length").unlink()  # as a kill may leave it: begun anew
    assert patch(hub, 1000, CONTENT[1000:]).status_code == 204
    assert (hub.files / DIGEST[:2] / DIGEST).read_bytes() == CONTENT


def test_a_newer_request_takes_an_upload_over_from_a_dead_one(hub: LocalHub) -> None:
    ask(hub, "POST", headers=creation(CONTENT))
    with _begun(hub, CONTENT[:1000]) as dead:  # the line is dead, but the hub does not know it
        _until(hub, "0")
        assert patch(hub, 0, CONTENT).status_code == 204
        dead.sendall(CONTENT[1000:])
        assert b" 409 " in dead.recv(1000)
    assert (hub.files / DIGEST[:2] / DIGEST).read_bytes() == CONTENT


def test_a_creation_that_breaks_the_protocol_is_told_so(hub: LocalHub) -> None:
    wrong = [
        ({"Tus-Resumable": "0.2.2"}, (412, "upload-version")),
        ({"Upload-Metadata": "filename eA=="}, (400, "upload-invalid")),
        ({"Upload-Metadata": "sha256 !!"}, (400, "upload-invalid")),
        ({"Upload-Metadata": "sha256 \xa7"}, (400, "upload-invalid")),
        ({"Upload-Metadata": "sha256 5paH"}, (400, "upload-invalid")),
        ({"Upload-Length": "-1"}, (422, "invalid-request")),
        ({"Upload-Length": str(MAX_SIZE + 1)}, (413, "too-large")),
    ]
    for headers, expected in wrong:
        assert code(ask(hub, "POST", headers=creation(CONTENT) | headers)) == expected


def test_a_patch_that_breaks_the_protocol_is_told_so(hub: LocalHub) -> None:
    assert code(patch(hub, 0, b"x")) == (404, "unknown-upload")
    assert code(patch(hub, 0, b"x", **{"Content-Type": "text/plain"})) == (415, "upload-type")
    assert code(patch(hub, 0, b"x", **{"Tus-Resumable": "2"})) == (412, "upload-version")
    assert code(patch(hub, 0, b"x", **{"Upload-Checksum": "md5 eA=="})) == (400, "upload-invalid")
    assert ask(hub, "HEAD", "/not-a-digest").status_code == 422


@pytest.mark.expected_warnings("hub disk refused")
def test_a_full_disk_is_said_and_the_file_can_come_again(hub: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Incoming, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(Incoming, "write", full)
        answer = ask(hub, "POST", content=CONTENT, headers=creation(CONTENT) | STREAM)
        assert code(answer) == (507, "store-full")
    assert ask(hub, "POST", content=CONTENT, headers=creation(CONTENT) | STREAM).status_code == 201


def test_what_is_missing_is_asked_in_bounded_questions(hub: LocalHub) -> None:
    ask(hub, "POST", content=CONTENT, headers=creation(CONTENT) | STREAM)
    url = f"{hub.url}/v1/files/missing"
    other = sha256(b"other")
    answer = requests.post(url, json={"sha256": [DIGEST, other]}, timeout=10)
    assert answer.json() == {"sha256": [other]}
    wrong: object
    for wrong in ({"sha256": ["x"]}, {"sha256": [other] * 1001}, {}, []):
        assert code(requests.post(url, json=wrong, timeout=10)) == (422, "invalid-request")


def test_an_upload_that_was_all_there_when_the_hub_died_is_not_taken_on_trust(shelf: Shelf) -> None:
    shelf.declare(DIGEST, len(CONTENT))
    writer = shelf.open(DIGEST, 0)
    writer.write(CONTENT[::-1])
    shelf.close(DIGEST, writer)
    assert shelf.find(DIGEST) == (len(CONTENT), len(CONTENT))
    assert shelf.declare(DIGEST, len(CONTENT)) == 0


def test_a_kill_between_the_two_files_of_an_upload_means_none(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "files" / "incoming" / DIGEST).write_bytes(b"half")
    assert shelf.find(DIGEST) is None
    (tmp_path / "files" / "incoming" / f"{DIGEST}.length").write_text("")
    assert shelf.find(DIGEST) is None
    with pytest.raises(Rejection):
        shelf.open(DIGEST, 0)
    assert shelf.declare(DIGEST, 4) == 0


def test_an_upload_begun_with_its_bytes_can_be_gone_on_with_and_taken_over(shelf: Shelf, other: Shelf) -> None:
    writer = shelf.begin(DIGEST, len(CONTENT))
    assert writer is not None
    assert shelf.begin(DIGEST, len(CONTENT)) is None  # under way
    for attempt in (other.begin, other.declare):
        with pytest.raises(Rejection) as caught:
            attempt(DIGEST, len(CONTENT))
        assert caught.value.kind is Kind.OTHER_OFFSET
    writer.write(CONTENT[:5000])
    newer = shelf.open(DIGEST, 5000)
    with pytest.raises(Rejection):
        writer.write(b"x")
    shelf.close(DIGEST, newer)
    assert other.find(DIGEST) == (len(CONTENT), 5000)
    last = other.open(DIGEST, 5000)
    last.write(CONTENT[5000:])
    other.finish(DIGEST, last, lambda _: None)
    assert shelf.path(DIGEST).read_bytes() == CONTENT


def test_what_a_killed_hub_left_of_a_file_without_its_length_is_written_over(shelf: Shelf, other: Shelf) -> None:
    left = shelf.begin(DIGEST, len(CONTENT))
    assert left is not None
    left.write(CONTENT[::-1])
    left.close()  # and nothing more: the system closes it for a dead process
    writer = other.begin(DIGEST, len(CONTENT) - 1)
    assert writer is not None
    other.close(DIGEST, writer)
    assert other.find(DIGEST) == (len(CONTENT) - 1, 0)


def test_a_hash_that_was_forgotten_is_reckoned_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "_HASHES_KEPT", 0)
    shelf.declare(DIGEST, len(CONTENT))
    held: list[int] = []
    for start in (0, 5000):
        writer = shelf.open(DIGEST, start)
        writer.write(CONTENT[start : start + 5000] if start == 0 else CONTENT[start:])
        if writer.position == writer.length:
            shelf.finish(DIGEST, writer, held.append)
        shelf.close(DIGEST, writer)
    assert held == [len(CONTENT)]
    assert shelf.path(DIGEST).read_bytes() == CONTENT


def test_an_upload_that_was_taken_over_can_neither_write_undo_nor_finish(shelf: Shelf) -> None:
    shelf.declare(DIGEST, len(CONTENT))
    old = shelf.open(DIGEST, 0)
    new = shelf.open(DIGEST, 0)
    with pytest.raises(Rejection):
        old.write(b"x")
    old.undo()
    with pytest.raises(Rejection):
        shelf.finish(DIGEST, old, lambda _: None)
    new.write(CONTENT)
    new.finishing = True
    with pytest.raises(Rejection) as caught:
        shelf.open(DIGEST, 0)
    assert caught.value.kind is Kind.OTHER_OFFSET
    shelf.finish(DIGEST, new, lambda _: None)


@pytest.fixture
def other(shelf: Shelf, tmp_path: Path) -> Shelf:
    """The same folder, as another process has it."""
    return Shelf(tmp_path / "files")


def test_another_process_keeps_its_hands_off_an_upload_under_way(shelf: Shelf, other: Shelf) -> None:
    shelf.declare(DIGEST, len(CONTENT))
    writer = shelf.open(DIGEST, 0)
    attempts = (
        lambda: other.open(DIGEST, 0),
        lambda: other.declare(DIGEST, 7),
    )
    for attempt in attempts:
        with pytest.raises(Rejection) as caught:
            attempt()
        assert caught.value.kind is Kind.OTHER_OFFSET
    assert other.clear(time.time() + 1) == 0
    writer.write(CONTENT)
    shelf.finish(DIGEST, writer, lambda _: None)
    assert shelf.path(DIGEST).read_bytes() == CONTENT


def test_an_upload_goes_on_in_another_process_and_no_hash_is_taken_on_trust(shelf: Shelf, other: Shelf) -> None:
    """The first process remembers the hash of its own bytes; meanwhile another has put wrong ones there."""
    half = len(CONTENT) // 2
    shelf.declare(DIGEST, len(CONTENT))
    writer = shelf.open(DIGEST, 0)
    writer.write(CONTENT[:half])
    shelf.close(DIGEST, writer)
    intruder = other.open(DIGEST, half)
    intruder._start, intruder._hash_at_start = 0, hashlib.sha256()
    intruder.undo()
    intruder.write(b"?" * half)
    other.close(DIGEST, intruder)
    writer = shelf.open(DIGEST, half)
    writer.write(CONTENT[half:])
    with pytest.raises(Rejection) as caught:
        shelf.finish(DIGEST, writer, lambda _: None)
    assert caught.value.kind is Kind.WRONG_DIGEST
    assert other.find(DIGEST) is None


def test_what_was_moved_away_between_opening_and_claiming_is_not_written_to(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.declare(DIGEST, len(CONTENT))
    part = shelf._part(DIGEST)
    monkeypatch.setattr(fcntl, "flock", lambda *_: part.replace(part.with_suffix(".whole")))
    with pytest.raises(Rejection) as caught:
        shelf.open(DIGEST, 0)
    assert caught.value.kind is Kind.UNKNOWN_UPLOAD


def test_a_file_that_another_process_noted_first_holds_up_none_that_came_with_it(shelf: Shelf, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hub.db'}")
    store.prepare()
    one, other = Reception(store, shelf), Reception(store, shelf)
    noted, new = sha256(b"noted"), sha256(b"new")
    one.held(noted, 5)
    other._note([_Whole(noted, 5), _Whole(new, 3)])
    assert other.missing([noted, new, DIGEST]) == [DIGEST]
    assert (one.size(noted), one.size(new)) == (5, 3)
    store.close()


def test_a_large_file_that_is_there_already_is_not_written_again(hub: LocalHub) -> None:
    large = CONTENT * 300  # more than a gulp
    for _ in range(2):
        answer = ask(hub, "POST", content=large, headers=creation(large) | STREAM)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(large)))
    assert list((hub.files / "incoming").iterdir()) == []


def test_unfinished_uploads_go_after_their_days(shelf: Shelf) -> None:
    fresh = sha256(b"fresh")
    for digest in (DIGEST, fresh):
        shelf.declare(digest, 10)
    long_ago = time.time() - 1000
    os.utime(shelf._part(DIGEST), (long_ago, long_ago))
    os.utime(shelf._length(fresh), (long_ago, long_ago))  # declared long ago, written to just now
    assert shelf.clear(long_ago + 1) == 1
    assert (shelf.find(DIGEST), shelf.find(fresh)) == (None, (10, 0))


def _begun(hub: LocalHub, body: bytes, **headers: str) -> socket.socket:
    """A PATCH, or a POST that declares it, which promises the whole file and stops after `body`."""
    where = urlsplit(hub.url)
    line = socket.create_connection((where.hostname, where.port), timeout=5)
    lines = TUS | STREAM | {"Host": "hub", "Upload-Offset": "0", "Content-Length": str(len(CONTENT))} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    request = "POST /v1/files" if "Upload-Metadata" in headers else f"PATCH /v1/files/{DIGEST}"
    line.sendall(f"{request} HTTP/1.1\r\n{head}\r\n".encode() + body)
    return line


def _cut(hub: LocalHub, body: bytes, **headers: str) -> None:
    with _begun(hub, body, **headers):
        time.sleep(0.1)
    time.sleep(0.1)


def _until(hub: LocalHub, offset: str) -> None:
    time.sleep(0.1)
    assert ask(hub, "HEAD", f"/{DIGEST}").headers["Upload-Offset"] == offset
