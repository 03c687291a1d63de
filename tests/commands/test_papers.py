"""`yichuang paper`: the page as issued, the wet seal in the ledger, and the 补打."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from client.catalogue import load_catalogue
from printing.faults import NOT_DRAWN, PaperError
from tests.commands.conftest import Window
from tests.commands.typed import typed


def text(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def paper(window: Window) -> dict[str, Any]:
    """The paper of the window's one case, as `case` shows it."""
    (only,) = window.run("case", window.number).document["papers"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("by", ["number", "paper_number"])
def test_a_paper_is_written_by_the_number_of_its_case_and_by_its_own(window: Window, by: str) -> None:
    out = window.folder / "new" / "paper.pdf"
    done = window.run("paper", "render", getattr(window, by), "--out", out)
    assert done.document == {"kind": "acceptance_notice", "number": window.paper_number, "path": str(out)}
    assert out.read_bytes() == Path(window.entered["papers"][0]["path"]).read_bytes()  # the very page
    assert window.told("paper", "render", getattr(window, by), "--out", out) == [str(out)]


@pytest.mark.parametrize("brackets", ["[]", "()", "【】", "［］", "（）"])
def test_a_paper_number_may_be_typed_with_other_brackets(window: Window, brackets: str) -> None:
    typed = window.paper_number.replace("〔", f" {brackets[0]}").replace("〕", f"{brackets[1]} ")
    out = window.folder / "paper.pdf"
    assert window.run("paper", "render", typed, "--out", out).document["number"] == window.paper_number


def test_a_sealed_paper_may_be_handed_out(window: Window) -> None:
    assert paper(window)["state"] == "awaiting_seal"
    done = window.run("paper", "seal", window.number, "--seal", "受理专用章")
    assert done.document == {"kind": "acceptance_notice", "number": window.paper_number, "seal": "受理专用章"}
    assert paper(window)["state"] == "ready"
    assert window.told("case", window.number)[-1] == f"  {window.paper_number}  可交付"


def test_a_paper_is_sealed_once(window: Window) -> None:
    assert window.told("paper", "seal", window.paper_number) == ["已登记用印"]
    assert window.run("paper", "seal", window.paper_number).error["code"] == "PAPER-203"


def test_a_reprint_keeps_its_number_and_bears_its_count(window: Window) -> None:
    out = window.folder / "again.pdf"
    for count in (1, 2):
        done = window.run("paper", "reprint", window.number, "--out", out, "--reason", "申请人遗失")
        assert done.document == {
            "kind": "acceptance_notice",
            "number": window.paper_number,
            "reprint": count,
            "path": str(out),
        }
        assert f"补打（第{count}次）" in text(out).replace(" ", "").replace("\n", "")
        assert window.paper_number in text(out)
    assert paper(window)["reprints"] == 2
    assert window.told("paper", "reprint", window.number, "--out", out, "--reason", "申请人遗失") == [str(out)]


def test_a_reprint_owes_a_reason(window: Window) -> None:
    out = window.folder / "again.pdf"
    assert "原因" in window.run("paper", "reprint", window.number, "--out", out, "--reason", " ").error["title"]
    assert not out.exists()


def test_the_first_print_bears_no_mark(window: Window) -> None:
    assert "补打" not in text(Path(window.entered["papers"][0]["path"]))


def test_a_number_that_is_none_is_told(window: Window) -> None:
    out = window.folder / "none.pdf"
    for number, code in (("示市监许受〔2026〕9999号", "RULE-201"), ("110101-01-07-20261123-0043-6", "CASE-201")):
        assert window.run("paper", "render", number, "--out", out).error["code"] == code
    assert not out.exists()


@pytest.mark.expected_warnings("paper not rendered")
def test_a_paper_that_cannot_be_drawn_is_listed_without_a_page_and_drawn_later(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The acceptance stands all the same: printing never undoes it."""

    def broken(*_: object) -> bytes:
        raise PaperError(NOT_DRAWN, template="a4")

    with monkeypatch.context() as patch:
        patch.setattr("printing.press.A4Press.render", broken)
        done = window.run("intake", window.example)
        _, line, warning = window.told("intake", window.example)
    assert line == "  受理通知书  没有写出"
    assert "已受理，文书没有写出（文书没有生成（版式 a4））" in warning
    assert (done.status, done.document["case"]["state"]) == (0, "accepted")
    assert [paper["path"] for paper in done.document["papers"]] == [None]
    number = done.document["case"]["number"]
    out = window.folder / "late.pdf"
    assert window.run("paper", "render", number, "--out", out).error["code"] == "PAPER-202"
    assert window.run("staff", "add", "0207", "张三", "--pin-file", window.folder / "pin.txt").status == 0
    assert window.run("paper", "render", number, "--out", out).status == 0
    assert number in text(out)


def test_sheets_for_the_feeder_are_made_of_an_item_or_for_any(window: Window) -> None:
    out, (offered, *_) = window.folder / "sheets.pdf", load_catalogue().newest()
    assert window.run("slot-sheets", offered.name, "--out", out).document == {"out": str(out)}
    assert all(material.name[:8] in text(out) for material in offered.materials)
    assert window.told("slot-sheets", "--patch-t", "--out", out) == [str(out)]
    assert len(PdfReader(out).pages) == 1
    for wrong in ((), (offered.name, "--patch-t")):
        assert window.run("slot-sheets", *wrong, "--out", out).status == 2
    assert window.run("slot-sheets", "无此事项", "--out", out).status == 1


@pytest.mark.parametrize("size", ["58x40", "70x50"])
def test_the_label_of_a_folder_says_its_case_and_nobodys_name(window: Window, size: str) -> None:
    out = window.folder / "label.png"
    done = window.run("folder-label", window.number.replace("-", ""), "--out", out, "--size", size, "--dpi", "203")
    assert done.document == {"case": window.number, "path": str(out.resolve())}
    with Image.open(out) as label:
        assert [found.text for found in zxingcpp.read_barcodes(label.convert("L"))] == [window.number.replace("-", "")]


@pytest.mark.parametrize("wrong", [("--out", "label.jpg"), ("--out", "label.png", "--size", "10x10")])
def test_a_label_of_another_kind_is_refused(window: Window, wrong: tuple[str, ...]) -> None:
    assert window.run("folder-label", window.number, *wrong).status == 2


def test_anybody_may_ask_a_paper_whether_it_is_genuine(window: Window) -> None:
    path = Path(window.entered["papers"][0]["path"])
    done = window.run("paper", "verify", path)
    assert (done.status, done.document["standing"], done.document["altered"]) == (0, "kept", [])
    assert done.document["paper"]["number"] == window.paper_number
    assert done.document["notes"][1:4] == [
        "本机有这份文书的记录：待用印",
        f"办件{window.number}：受理",
        "文件与本机保存的一字不差",
    ]
    elsewhere = typed("paper", "verify", path, "--profile", window.folder / "none")
    assert elsewhere.status == 7
    assert elsewhere.out.splitlines()[0] == "不能证明真伪：二维码没有签名，以印章为准"
    assert f"  文书编号：{window.paper_number}" in elsewhere.out.splitlines()


def test_the_text_of_the_code_is_enough(window: Window) -> None:
    with Image.open(BytesIO(_drawn(Path(window.entered["papers"][0]["path"])))) as image:
        (code,) = [each.text for each in zxingcpp.read_barcodes(image) if each.text.startswith("YC2:")]
    done = window.run("paper", "verify", code)
    assert (done.status, done.document["paper"]["case_number"]) == (7, window.number)
    for wrong, fault in ((code[:100], "PAPER-281"), ("YC1:X:Y", "PAPER-280"), (f"{code}{'0' * 90000}", "PAPER-281")):
        refused = window.run("paper", "verify", wrong)
        assert (refused.status, refused.error["code"]) == (1, fault)
    assert window.run("paper", "verify", window.folder / "none.pdf").error["code"] == "PAPER-285"


def test_a_window_that_cannot_be_opened_says_that_its_records_were_not_asked(window: Window) -> None:
    window.secret("key.txt", "another passphrase of nobody")
    done = window.run("paper", "verify", window.entered["papers"][0]["path"])
    assert (done.status, done.document["notes"][-1][:8]) == (7, "没有核对本机记录")


def _drawn(path: Path) -> bytes:
    into = BytesIO()
    pypdfium2.PdfDocument(path)[0].render(scale=2.5).to_pil().save(into, "PNG")
    return into.getvalue()


def test_papers_are_listed_as_on_their_page(window: Window) -> None:
    for words in (
        (),
        (window.paper_number,),
        (window.number[-6:],),
        ("--number", window.paper_number),
        ("--case", window.number),
        ("--kind", "acceptance_notice"),
        ("--on", "2020..2099"),
    ):
        done = window.run("paper", "list", *words)
        (paper,) = done.document["papers"]
        assert (paper["number"], paper["case_number"]) == (window.paper_number, window.number)
        assert (paper["state"], paper["print"], done.document["more"]) == ("awaiting_seal", None, False)
    assert window.run("paper", "list", "--state", "voided").document["papers"] == []
    (line,) = window.told("paper", "list", "--state", "awaiting_seal")
    assert line.endswith("待用印  未打印")
    assert window.told("paper", "list", "没有此人") == ["没有符合条件的文书"]
    for option, wrong, code in (
        ("--on", "明天", "PAPER-330"),
        ("--number", "43", "RULE-204"),
        ("--case", "43", "RULE-201"),
    ):
        assert window.run("paper", "list", option, wrong).error["code"] == code
    window.run("paper", "seal", window.paper_number, "--seal", "行政许可专用章")
    window.run("intake", window.example)
    assert window.told("paper", "list", "--limit", "1")[-1] == "还有更早的，请用 --limit 或 --on 查看"
