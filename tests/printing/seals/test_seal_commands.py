"""`seal inspect` and `seal verify`: what they say, in words and as JSON, and their exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from client import places
from client.errors import DeskError
from client.ports.seals import SealForm
from printing.seal_commands import app
from printing.seals import use
from printing.seals.hand import Seals
from printing.seals.trusted import trust_in
from printing.seals.use import judge
from tests.house.sources import ROOT
from tests.seals.authority import BEGAN, Authority, revocation_list
from tests.seals.office import DATA, ES_ID, NAME, SIGNED_AT, UNIT, VENDOR, Office, office, picture

SAMPLE = ROOT / "resources" / "samples" / "seals" / "UserV4.esl"
AT = "2026-11-23T02:30:00+00:00"


@pytest.fixture(scope="module")
def place() -> Office:
    return office()


@pytest.fixture(autouse=True)
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's folder, in which nothing is trusted yet."""
    monkeypatch.setattr(places, "machine_folder", lambda: tmp_path / "machine")
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "data")
    return tmp_path


def run(*words: str | Path) -> tuple[int, dict[str, Any]]:
    told = CliRunner().invoke(app, ["seal", *map(str, words), "--json"], catch_exceptions=False)
    return told.exit_code, json.loads(told.stdout)


def wrong(told: dict[str, Any]) -> list[str]:
    return [check["name"] for check in told["checks"] if not check["ok"]]


def written(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def test_a_right_seal_in_every_word(hall: Path, place: Office) -> None:
    written(hall, seal_esl=place.seal(), root_cer=place.root.certificate)
    status, told = run("verify", hall / "seal.esl", "--at", AT, "--trust", hall / "root.cer")
    checks = told.pop("checks")
    assert [check["name"] for check in checks] == ["structure", "seal_signature", "seal_period", "chain"]
    assert told == {
        "form": "seal",
        "version": 4,
        "seal": {
            "name": NAME,
            "esID": ES_ID,
            "type": 1,
            "vendor": VENDOR,
            "created_at": "2026-01-01T00:00:00Z",
            "valid_from": "2026-01-01T00:00:00Z",
            "valid_to": "2036-01-01T00:00:00Z",
            "picture": {"type": "PNG", "width_mm": 40, "height_mm": 40, "bytes": len(picture())},
        },
        "signer": None,
        "signed_at": None,
        "ok": True,
    }
    assert status == 0


def test_the_sample_is_genuine_and_expired(hall: Path) -> None:
    status, told = run("verify", SAMPLE)
    assert (status, told["ok"], wrong(told)) == (1, False, ["seal_period", "chain"])
    status, told = run("verify", SAMPLE, "--at", "2021-06-01")
    assert (status, wrong(told)) == (1, ["chain"])
    out = hall / "picture.png"
    status, told = run("inspect", SAMPLE, "--picture", out)
    assert (status, told["ok"]) == (0, False), "it was read"
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_detached_signature_with_and_without_what_it_protects(hall: Path, place: Office) -> None:
    written(hall, signed_der=place.signature(), data_txt=DATA, other_txt=b"other")
    written(hall / "trust", root_cer=place.root.certificate)
    words = ("verify", hall / "signed.der", "--at", AT, "--profile", hall)
    status, told = run(*words, "--data", hall / "data.txt")
    assert (status, told["form"], told["ok"], len(told["checks"])) == (0, "signature", True, 8)
    assert told["signer"] == {
        "subject": f"C=CN, CN={NAME}, organizationIdentifier={UNIT}",
        "serial": place.clerk.certificate.serial,
    }
    assert told["signed_at"] == "2026-11-23T02:30:00Z"
    status, told = run(*words, "--data", hall / "other.txt")
    assert (status, wrong(told)) == (1, ["document_digest"])
    status, told = run(*words)
    assert (status, "document_digest" in {check["name"] for check in told["checks"]}) == (0, False)
    said = CliRunner().invoke(app, ["seal", *map(str, words)]).stdout
    assert "没有给出被签章的文件（--data），未核对其内容" in said
    assert f"印章{NAME}（{ES_ID}），制章系统{VENDOR}" in said


def test_in_words_each_check_has_its_mark(hall: Path, place: Office) -> None:
    written(hall, seal_esl=place.seal())
    said = CliRunner().invoke(app, ["seal", "verify", str(hall / "seal.esl"), "--at", AT])
    assert said.exit_code == 1
    assert "电子印章：有不符之处" in said.stdout
    assert "  ✓ 制章人签名：相符" in said.stdout
    assert "  ✗ 证书信任链：制章人证书：签发者训练用根证书（无效力）不在本机信任的证书之列" in said.stdout


@pytest.mark.parametrize("where", ["machine/trust", "data/default/trust"])
def test_what_lies_in_the_folders_of_machine_and_window_is_trusted(hall: Path, place: Office, where: str) -> None:
    (hall / where).mkdir(parents=True)
    written(hall / where, root_crt=place.root.certificate, notes_txt=b"no certificate")
    written(hall, seal_esl=place.seal())
    assert run("verify", hall / "seal.esl", "--at", AT)[0] == 0
    written(
        hall / where, list_crl=revocation_list(place.root, {place.maker.certificate.der: SIGNED_AT.replace(year=2025)})
    )
    assert wrong(run("verify", hall / "seal.esl", "--at", AT)[1]) == ["chain"]


def test_only_the_demo_trusts_training_seals() -> None:
    training = ROOT / "resources" / "demo" / "keys"
    assert training in places.trust_folders("demo")
    assert training not in places.trust_folders("default")


def test_a_trusted_file_that_is_none_is_told(hall: Path) -> None:
    written(hall / "trust", root_cer=b"no certificate")
    for words in (("--profile", hall), ("--trust", hall / "nowhere.cer")):
        with pytest.raises(DeskError) as told:
            run("verify", SAMPLE, *words)
        assert told.value.code == "SEAL-109"


@pytest.mark.parametrize(
    ("content", "code"), [(b"text", "SEAL-108"), (b"\x30\x03\x02\x01", "SEAL-104"), (b"", "SEAL-108")]
)
def test_what_is_no_seal_is_told(hall: Path, content: bytes, code: str) -> None:
    written(hall, seal_esl=content)
    with pytest.raises(DeskError) as told:
        run("verify", hall / "seal.esl")
    assert told.value.code == code


def test_a_file_that_cannot_be_read_or_written_is_told(hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, code in (
        (("verify", hall / "nowhere"), "SEAL-110"),
        (("verify", SAMPLE, "--data", hall), "SEAL-110"),
        (("inspect", SAMPLE, "--picture", hall / "no" / "picture.png"), "SEAL-111"),
    ):
        with pytest.raises(DeskError) as told:
            run(*words)
        assert told.value.code == code
    monkeypatch.setattr("printing.seal_commands.MOST_BYTES", 1000)
    with pytest.raises(DeskError, match="SEAL-110"):
        run("verify", SAMPLE)


def test_of_several_seals_the_wrong_one_is_told_first_and_all_of_them_are(
    hall: Path, place: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = judge(place.seal(), SIGNED_AT, place.trust)
    broken = judge(place.with_words(valid_to=BEGAN).seal(), SIGNED_AT, place.trust)
    monkeypatch.setattr(use, "DOCUMENTS", {SealForm.PDF: lambda *_: [*right, *broken]})
    written(hall, sealed_pdf=b"%PDF-1.7")
    status, told = run("verify", hall / "sealed.pdf")
    assert (status, told["ok"], wrong(told)) == (1, False, ["seal_period"])
    assert [each["ok"] for each in told["verdicts"]] == [True, False]
    monkeypatch.setattr(use, "DOCUMENTS", {SealForm.PDF: lambda *_: [*right, *right]})
    status, told = run("verify", hall / "sealed.pdf")
    assert (status, told["ok"], len(told["verdicts"])) == (0, True, 2)


def test_a_document_nobody_sealed_is_not_genuine(hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(use, "DOCUMENTS", {SealForm.PDF: lambda *_: []})
    written(hall, plain_pdf=b"%PDF-1.7", plain_ofd=b"PK\x03\x04")
    status, told = run("verify", hall / "plain.pdf")
    assert (status, told["form"], told["checks"], told["ok"]) == (1, "pdf", [], False)
    with pytest.raises(DeskError, match="SEAL-108"):
        run("verify", hall / "plain.ofd")


def test_a_time_that_is_none_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["seal", "verify", str(SAMPLE), "--at", "yesterday"]).exit_code == 2


def test_the_hand_reads_and_judges_by_what_the_hall_trusts_now(hall: Path, place: Office) -> None:
    hand = Seals(lambda: trust_in([hall / "trust"]))
    der = place.seal()
    assert hand.read(der).es_id == ES_ID
    assert not hand.judge(der, "seal.esl", SIGNED_AT)[0].ok
    assert hand.judge(der, "seal.esl", SIGNED_AT, [place.maker.certificate])[0].ok
    written(hall / "trust", root_cer=place.root.certificate)
    assert hand.judge(der, "seal.esl", SIGNED_AT)[0].ok
    other = Authority.root("别的根")
    assert not hand.judge(
        der, "seal.esl", SIGNED_AT, trust_in([], [written(hall, o_cer=other.certificate) / "o.cer"]).roots
    )[0].ok


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31T23:59:59", "0001-01-01T00:00+14:00", "yesterday"])
def test_a_moment_nobody_can_reckon_with_is_refused(at: str) -> None:
    told = CliRunner().invoke(app, ["seal", "verify", str(SAMPLE), "--at", at])
    assert told.exit_code == 2
