"""`yichuang demo`: real processes, a real outage, a real kill; and what it does when things go wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from client.console import Console
from client.demo import hall
from client.demo.hall import Hall, Plan
from client.errors import CaseError
from tests.commands.typed import Done, typed

SUMMARY = ["accepted", "at_platform", "duplicates", "lost", "papers", "seconds", "versions"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Four cases, the platform away in the second and third, the window killed in the third."""
    out = tmp_path_factory.mktemp("demo")
    return typed("demo", "--cases", "4", "--outage", "2-3", "--out", out), out


def test_every_case_is_at_the_platform_once(run: tuple[Done, Path]) -> None:
    done, out = run
    assert done.status == 0
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert sorted(summary) == sorted(SUMMARY)
    assert {key: summary[key] for key in ("accepted", "at_platform", "lost", "duplicates")} == {
        "accepted": 4,
        "at_platform": 4,
        "lost": 0,
        "duplicates": 0,
    }
    assert summary["papers"] >= 4
    assert summary["seconds"] > 0
    assert set(summary["versions"]) == {"yichuang", "python", "system"}


def test_every_paper_is_left_as_pdf(run: tuple[Done, Path]) -> None:
    _, out = run
    papers = sorted((out / "papers").glob("*.pdf"))
    assert len(papers) == json.loads((out / "summary.json").read_text(encoding="utf-8"))["papers"]
    kinds = [path.stem.rpartition("-")[2] for path in papers]
    assert kinds.count("acceptance_notice") == 4
    assert kinds.count("receiving_slip") >= 1
    for path in papers:
        number = path.stem.rpartition("-")[0]
        assert number in "".join(page.extract_text() for page in PdfReader(path).pages)


def test_it_says_case_by_case_what_it_does(run: tuple[Done, Path]) -> None:
    done, out = run
    lines = done.err.splitlines()
    assert lines[0].startswith("演示大厅已开，平台 http://127.0.0.1:")
    for event in ("—— 平台断开", "—— 窗口被强行结束后重新打开", "—— 平台恢复"):
        assert sum(event in line for line in lines) == 1
    assert any("待上传（平台断开）" in line for line in lines)
    # the one during which the window was killed has a line of its own too, wherever the kill came
    told = [line.split()[0] for line in lines if "  110101-" in line]
    assert told == ["1", "2", "3", "4"]
    assert done.out.splitlines()[0].startswith("受理 4，平台已接收 4，丢失 0，重复 0，文书 ")
    assert done.out.splitlines()[1] == f"文书和汇总在 {out}"


def test_the_store_it_leaves_opens_with_the_secrets_it_leaves(
    run: tuple[Done, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out = run
    monkeypatch.setenv("YICHUANG_KEY_FILE", str(out / "key.txt"))
    assert (out / "key.txt").stat().st_mode & 0o077 == 0
    cases = typed("cases", "--profile", out / "profile", "--json").document
    assert [case["state"] for case in cases] == ["accepted"] * 4
    assert len({case["item"] for case in cases}) == 4


@pytest.mark.parametrize(("outage", "killed_at"), [("1-1", 1), ("1-4", 3), ("2-3", 3), ("4-4", 4)])
def test_the_window_is_killed_in_the_middle_of_the_outage(outage: str, killed_at: int) -> None:
    assert Plan.of(4, outage).killed_at == killed_at


@pytest.mark.parametrize("outage", ["", "2", "0-3", "3-2", "2-5", "a-b", "-1-2"])
def test_an_outage_that_is_none_is_refused(outage: str) -> None:
    with pytest.raises(ValueError, match="A-B"):
        Plan.of(4, outage)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "papers" / "mine.pdf"
    kept.parent.mkdir()
    kept.write_text("mine")
    assert typed("demo", "--cases", "1", "--outage", "1-1", "--out", tmp_path, "--json").error["code"] == "CASE-401"
    assert kept.read_text() == "mine"


def test_an_earlier_demo_makes_room(tmp_path: Path) -> None:
    with Hall(tmp_path):
        old = tmp_path / "papers" / "old.pdf"
        old.parent.mkdir()
        old.touch()
    with Hall(tmp_path):
        assert not old.exists()


def test_a_process_that_ends_is_told_with_its_log(tmp_path: Path) -> None:
    with Hall(tmp_path) as opened, pytest.raises(CaseError) as told:
        opened.open_readers(["no-such-card"])
    assert told.value.code == "CASE-402"
    assert told.value.parameters["log"] == tmp_path / "reader-no-such-card.log"
    assert "no-such-card" in (tmp_path / "reader-no-such-card.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", [{"lost": 1}, {"duplicates": 1}, {"at_platform": 3}])
def test_a_loss_or_a_double_is_a_failure(
    wrong: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = {"accepted": 4, "at_platform": 4, "duplicates": 0, "lost": 0, "papers": 4, "seconds": 1.0} | wrong

    def ran(_plan: Plan, _out: Path, _console: Console) -> dict[str, Any]:
        return summary

    monkeypatch.setattr(hall, "run_demo", ran)
    done = typed("demo", "--cases", "4", "--outage", "2-3", "--out", tmp_path, "--json")
    assert (done.status, done.document) == (1, summary)
