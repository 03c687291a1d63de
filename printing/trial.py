"""The page somebody prints when a printer is set up: does it come out, is it whole, are the letters there."""

from client.text import chinese
from printing.papers import marks
from printing.papers.binding import bound
from printing.papers.sheet import HEIGHT, WIDTH, Sheet
from printing.papers.text import set_line
from printing.papers.typecase import Typecase
from printing.papers.wording import full_width

TITLE = chinese("打印测试页")
LINES = (
    chinese("外框四边完整：纸张大小和页边距正确"),
    chinese("下面的条码能用扫码枪读出：打印清晰"),
    chinese("生僻字完整：𠮷 㐂 䶮 𬺗 𰀀"),
)
MARK = "YC0000"
_EDGE = 22.7  # points, 8 mm: what office printers leave white is less
_LEFT = 70.9


def trial_page(hall_name: str, window_no: str) -> bytes:
    """A page of A4 as PDF that tells nothing of any case."""
    typecase = Typecase()
    sheet = Sheet(typecase)
    sheet.frame(_EDGE, _EDGE, WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE)
    sheet.centred(set_line(full_width(hall_name)), WIDTH / 2, 90.0, 15.0)
    sheet.centred(set_line(TITLE, bold=True), WIDTH / 2, 130.0, 21.0, spacing=3.0)
    sheet.centred(set_line(chinese("窗口") + f" {window_no}"), WIDTH / 2, 160.0, 12.0)
    for number, line in enumerate(LINES, 1):
        sheet.text(set_line(f"{number}. {line}"), _LEFT, 200.0 + number * 24.0, 12.0)
    marks.draw_bars(sheet, MARK, _LEFT, 310.0, 160.0, 30.0)
    return bound([sheet], typecase, lambda document: document.setTitle(TITLE))
