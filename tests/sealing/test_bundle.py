"""A bundle: all its parts as its manifest says, or nothing of it; and the answers that come back."""

import io
import tarfile
from pathlib import Path
from typing import IO, cast
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.errors import StoreError
from client.ports.platform import EventAnswer, Verdict
from client.sealing import answers, bundle, faults
from client.sealing.bundle import ABOUT, MANIFEST, Part, case_name, file_name
from client.sealing.envelope import public_of, sealing
from client.sealing.parcel import About, Parcel

HUB = X25519PrivateKey.generate()
PARTS: list[Part] = [
    (ABOUT, About(source="urn:yichuang:window:1", settings={}, revision="0001", rows={}).model_dump_json().encode()),
    (file_name("a" * 64), b"page" * 1000),
    (case_name(str(uuid4())), b"{}"),
]


def written(path: Path, parts: list[Part]) -> Path:
    with path.open("wb") as file:
        bundle.write(file, [public_of(HUB)], parts)
    return path


def packed(path: Path, members: list[Part]) -> Path:
    """A sealed tar of exactly these members, whoever made it."""
    with (
        path.open("wb") as file,
        sealing(file, [public_of(HUB)]) as sealed,
        tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|") as tar,
    ):
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    path = written(tmp_path / "stick.bundle", PARTS)
    manifest = bundle.check(path, HUB)
    assert {name: entry.size for name, entry in manifest.parts.items()} == {n: len(c) for n, c in PARTS}
    assert list(bundle.parts(path, HUB)) == PARTS
    assert b"page" not in path.read_bytes()


def test_no_cut_or_changed_bundle_passes(tmp_path: Path) -> None:
    content = written(tmp_path / "whole", PARTS).read_bytes()
    for at in range(0, len(content), 97):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]):
            (tmp_path / "damaged").write_bytes(damaged)
            with pytest.raises(StoreError):
                bundle.check(tmp_path / "damaged", HUB)


def good_manifest(parts: list[Part], tmp_path: Path) -> bytes:
    return bundle.check(written(tmp_path / "good", parts), HUB).model_dump_json().encode()


@pytest.mark.parametrize("forgery", ["none", "other", "twice", "after", "foreign", "nobody", "no json", "no tar"])
def test_parts_that_are_not_those_of_the_manifest_are_refused(tmp_path: Path, forgery: str) -> None:
    manifest = (MANIFEST, good_manifest(PARTS, tmp_path))
    path = tmp_path / "forged"
    forged: dict[str, list[Part]] = {
        "none": PARTS,
        "other": [*PARTS[:2], (PARTS[2][0], b"[]"), manifest],
        "twice": [*PARTS, PARTS[1], manifest],
        "after": [*PARTS[:2], manifest, PARTS[2]],
        "foreign": [*PARTS, ("../settings.toml", b""), manifest],
        "nobody": [PARTS[1], (MANIFEST, b'{"parts":{}}')],
        "no json": [*PARTS, (MANIFEST, b"manifest")],
    }
    if forgery == "no tar":
        with path.open("wb") as file, sealing(file, [public_of(HUB)]) as sealed:
            sealed.write(b"no tar at all" * 100)
    else:
        packed(path, forged[forgery])
    with pytest.raises(StoreError) as refused:
        bundle.check(path, HUB)
    assert refused.value.fault is faults.ALTERED


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        bundle.check(tmp_path, HUB)
    assert (refused.value.fault, "Is a directory" in refused.value.title) == (faults.UNREADABLE, True)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b'{"format": 2}', faults.TOO_NEW), (b'{"format": 1}', faults.ALTERED), (b"", faults.ALTERED)],
)
def test_a_document_of_a_newer_program_is_told_from_a_broken_one(content: bytes, fault: object) -> None:
    with pytest.raises(StoreError) as refused:
        bundle.read_json(Parcel, content, "case")
    assert refused.value.fault is fault


NUMBER, KEY = "0f" * 16, bytes(range(32))
GIVEN = [
    EventAnswer("e1", Verdict.ACCEPTED, ack="20261126AA"),
    EventAnswer("e2", Verdict.REFUSED, code="not-lawful", reason="办件状态不能这样变化"),
]


def test_answers_come_back_to_the_bundle_they_answer() -> None:
    sealed = answers.seal_answers(NUMBER, KEY, GIVEN)
    assert answers.bundle_answered(sealed, "a.answers") == NUMBER
    assert answers.open_answers(sealed, KEY, "a.answers") == GIVEN


def test_no_changed_answer_is_believed() -> None:
    sealed = answers.seal_answers(NUMBER, KEY, GIVEN)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(StoreError) as refused:
            answers.open_answers(changed, KEY, answers.bundle_answered(changed, "a.answers"))
        assert refused.value.fault is faults.ANSWERS_OF_ANOTHER
    for short in (b"", b"YCA1", sealed[:20]):
        with pytest.raises(StoreError):
            answers.bundle_answered(short, "a.answers")
