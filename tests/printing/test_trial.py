"""The page of a new printer says where it is, whole to the edge, with rare letters."""

from io import BytesIO

from pypdf import PdfReader

from printing.trial import trial_page


def test_it_is_one_page_of_a4_that_says_which_window() -> None:
    (page,) = PdfReader(BytesIO(trial_page("示例区政务服务大厅", "A01"))).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (595.28, 841.89)
    words = page.extract_text()
    assert all(each in words for each in ("示例区政务服务大厅", "打印测试页", "A01", "𠮷", "𬺗"))


def test_the_same_window_has_the_same_page() -> None:
    assert trial_page("示例区政务服务大厅", "A01") == trial_page("示例区政务服务大厅", "A01")
