"""`yichuang paper offers`, `paper look` and `paper issue`: the further papers of a case, at the command line."""

import json
from typing import Any

import pytest
from pypdf import PdfReader

from printing.faults import NOT_DRAWN, PaperError
from tests.commands.conftest import Window

FEE = {
    "fee_name": "示例检验费",
    "fee_basis": "《示例收费目录》第3项",
    "amount": "120.50",
    "pay_by": "2027-01-10",
    "pay_where": "窗口刷卡",
}


def pairs(entries: dict[str, Any]) -> list[str]:
    return [word for name, value in entries.items() for word in ("--set", f"{name}={value}")]


def test_what_may_be_made_is_told_with_what_it_asks(window: Window) -> None:
    offers = {each["kind"]: each for each in window.run("paper", "offers", window.number).document}
    assert set(FEE) == set(offers["fee_notice"]["entries"]["required"])
    lines = window.told("paper", "offers", window.number)
    assert any(line.startswith("fee_notice") and line.endswith("行政许可缴费通知书") for line in lines)
    assert "    payment_code           缴款码（可不填）" in lines


@pytest.mark.parametrize("by_file", [True, False])
def test_a_paper_is_made_numbered_and_drawn(window: Window, *, by_file: bool) -> None:
    file = window.folder / "entries.json"
    file.write_text(json.dumps(FEE, ensure_ascii=False), encoding="utf-8-sig")
    words = ["--file", str(file)] if by_file else pairs(FEE)
    done = window.run("paper", "issue", window.number, "fee_notice", *words)
    assert (done.document["kind"], done.document["state"]) == ("fee_notice", "awaiting_seal")
    assert done.document["number"].startswith("示市监许费〔")
    out = window.folder / "fee.pdf"
    assert window.run("paper", "render", done.document["number"], "--out", out).status == 0
    assert out.read_bytes()[:5] == b"%PDF-"


@pytest.mark.expected_warnings("paper not rendered")
def test_letters_that_no_paper_bears_and_a_page_that_is_not_drawn_are_told_with_the_number(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise PaperError(NOT_DRAWN, template="a4")

    monkeypatch.setattr("printing.press.A4Press.render", broken)
    odd = {**FEE, "fee_name": "示例\U0001f600费"}
    done = window.run("paper", "issue", window.number, "fee_notice", *pairs(odd))
    assert done.document["number"].startswith("示市监许费〔")
    letter, undrawn = done.document["warnings"]
    assert letter.startswith("fee_name第3个字（U+1F600）")
    assert undrawn == "文书没有生成（版式 a4）"


def test_what_is_wrong_is_told_and_nothing_is_made(window: Window) -> None:
    made = len(window.run("case", window.number).document["papers"])
    wrong = {**FEE, "amount": "-1"}
    assert "金额" in window.run("paper", "issue", window.number, "fee_notice", *pairs(wrong)).error["title"]
    assert window.run("paper", "issue", window.number, "grant").error["code"] == "PAPER-341"
    assert window.run("paper", "issue", window.number, "fee_notice", "--set", "amount").status == 2
    for content in ("[]", "{", "[" * 100_000):
        (window.folder / "wrong.json").write_text(content, encoding="utf-8")
        refused = window.run("paper", "issue", window.number, "fee_notice", "--file", window.folder / "wrong.json")
        assert refused.error["code"] == "PAPER-343"
    refused = window.run("paper", "issue", window.number, "fee_notice", "--file", window.folder / "none.json")
    assert refused.error["code"] == "PAPER-343"
    assert len(window.run("case", window.number).document["papers"]) == made


def test_how_further_papers_look_is_told_and_chosen(window: Window) -> None:
    def look(*words: str) -> object:
        return window.run("paper", "look", window.number, *words).document

    usual, wanted = {"large": False, "second": None}, {"large": True, "second": "en"}
    assert look() == usual
    assert look("--large", "yes") == {"large": True, "second": None}
    assert look("--language", "en") == wanted == look()
    assert window.told("paper", "look", window.number) == ["大字：是", "第二语言：en"]
    paper = window.run("paper", "issue", window.number, "fee_notice", *pairs(FEE)).document["number"]
    window.run("paper", "render", paper, "--out", window.folder / "large.pdf")
    assert look("--large", "usual", "--language", "usual") == usual
    again = window.run("paper", "issue", window.number, "fee_notice", *pairs(FEE)).document["number"]
    window.run("paper", "render", again, "--out", window.folder / "usual.pdf")
    large, plain = (PdfReader(window.folder / f"{name}.pdf").pages[0].extract_text() for name in ("large", "usual"))
    assert ("Notice" in large, "Notice" in plain) == (True, False)
    settings = window.profile / "settings.toml"
    always = settings.read_text(encoding="utf-8").replace('large_papers = "never"', 'large_papers = "always"')
    settings.write_text(f'paper_language = "en"\n{always}', encoding="utf-8")
    assert look() == wanted
    assert look("--language", "none") == {"large": True, "second": None}
    assert look("--large", "no") == usual
    assert window.run("paper", "look", window.number, "--language", "fr").status == 2
