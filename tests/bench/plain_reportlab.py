"""The other side of P6: the same acceptance notice by reportlab's own paragraphs and tables, as its manual shows.

Same fonts, words, tables, QR and bar code; the patterns of both codes come from the same libraries with the same
settings, so that only the layout and the embedding of fonts are compared.
"""

from collections.abc import Iterable
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from barcode.codex import Code128
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from client.ports.papers import PaperFacts
from printing.papers.marks import compact, qr_modules
from printing.papers.statement import statement_of, told
from printing.papers.wording import day, full_width

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
_GRID = ("GRID", (0, 0), (-1, -1), 0.7, colors.Color(0.15, 0.15, 0.15))
_FONT = ("FONT", (0, 0), (-1, -1), "Plain", 10)
_SHADE = colors.Color(0.953, 0.953, 0.953)


class Marks(Flowable):  # type: ignore[misc]  # reportlab has no types
    """QR code, organ and date."""

    def __init__(self, facts: PaperFacts) -> None:
        super().__init__()
        self.width, self.height = 490.0, 120.0
        self.facts = facts

    def draw(self) -> None:
        matrix = qr_modules(told(statement_of(self.facts, [])))
        module = 71 / len(matrix)
        for y, row in enumerate(matrix):
            _runs(self.canv, row, 0, 90 - y * module, module, module)
        self.canv.setFont("Plain", 9.4)
        self.canv.drawString(84, 70, "扫描二维码，核验真伪、查询进度")
        self.canv.drawString(84, 55, "二维码未经密钥签名，以印章为准")
        self.canv.setFont("Plain", 11.6)
        self.canv.drawCentredString(374, 70, self.facts.organ.name)
        self.canv.drawCentredString(374, 48, day(self.facts.issued_at))


def register() -> None:
    """Load the two fonts, once."""
    for name, file in (("Plain", "NotoSerifSC-Regular"), ("Plain-Bold", "NotoSerifSC-Bold")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    pdfmetrics.registerFontFamily("Plain", normal="Plain", bold="Plain-Bold", italic="Plain", boldItalic="Plain-Bold")


def render(facts: PaperFacts) -> bytes:
    """One PDF of the notice."""
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, leftMargin=45, rightMargin=45, topMargin=40, bottomMargin=90)
    document.build(_story(facts), onFirstPage=lambda canvas, _: _foot(canvas, facts))
    return out.getvalue()


def _story(facts: PaperFacts) -> list[Any]:
    body = ParagraphStyle("body", fontName="Plain", fontSize=11.6, leading=20.6, wordWrap="CJK", firstLineIndent=23)
    flat = ParagraphStyle("flat", parent=body, firstLineIndent=0)
    centre = ParagraphStyle("centre", parent=flat, alignment=1, fontSize=15)
    title = ParagraphStyle("title", parent=centre, fontName="Plain-Bold", fontSize=21, leading=32)
    item, limit = full_width(facts.item_name), facts.promised_date
    text = (
        f"你单位于{day(facts.applied_on)}提出的<b>{item}</b>申请收悉。经审查，申请事项属于本机关职权范围，"
        f"申请材料齐全、符合法定形式。依据{full_width(facts.basis)}，本机关<b>决定予以受理</b>，"
        f"并承诺于{day(limit) if limit else ''}前办结"
        f"（依法需要{facts.excluded_time}的，所需时间不计入，另行书面告知）。"
    )
    meta = Table([[facts.paper_number, f"办件编号 {facts.case_number}"]], colWidths=[246, 246])
    meta.setStyle([("FONT", (0, 0), (-1, -1), "Plain", 10.5), ("ALIGN", (1, 0), (1, 0), "RIGHT")])
    sign = Table([["申请人签收", "", "日期", "年　月　日"]], colWidths=[82, 230, 68, 112], rowHeights=33)
    sign.setStyle([("FONT", (0, 0), (-1, -1), "Plain", 10), _GRID])
    return [
        Paragraph(facts.organ.name, centre),
        Paragraph(facts.title, title),
        meta,
        Paragraph(
            f"<b>{facts.applicant_name}</b>（{facts.applicant_identifier}；{full_width(facts.attendee or '')}）：", flat
        ),
        Paragraph(text, body),
        *_tables(facts, item),
        Paragraph(f"受理人：{facts.clerk_name}（工号{facts.clerk_no}）　联系电话：{facts.clerk_phone}", flat),
        Marks(facts),
        sign,
    ]


def _tables(facts: PaperFacts, item: str) -> list[Any]:
    cell = ParagraphStyle("cell", fontName="Plain", fontSize=10, leading=15, wordWrap="CJK")
    pairs = [
        ["事项名称", item, "承办部门", facts.organ.department],
        ["实施编码", facts.task_code, "受理日期", day(facts.accepted_on or facts.issued_at)],
        ["办理时限", facts.limit_text or "", "收费", facts.fee],
        ["领取方式", facts.collection or "", "查询码", facts.query_code],
    ]
    lines: list[list[Any]] = [["序号", "收到材料", "形式", "份数", "页数", "原件"]]
    lines += [
        [str(n), Paragraph(m.name, cell), m.form, m.copies, m.pages, m.original]  # only the name may need two lines
        for n, m in enumerate(facts.materials, start=1)
    ]
    labels = Table(pairs, colWidths=[86, 211, 86, 110])
    labels.setStyle([_FONT, _GRID, ("BACKGROUND", (0, 0), (0, -1), _SHADE), ("BACKGROUND", (2, 0), (2, -1), _SHADE)])
    materials = Table(lines, colWidths=[36, 224, 80, 36, 36, 81], repeatRows=1)
    materials.setStyle([_FONT, _GRID, ("BACKGROUND", (0, 0), (-1, 0), _SHADE)])
    return [labels, Spacer(1, 6), materials]


def _foot(canvas: Any, facts: PaperFacts) -> None:
    canvas.setFont("Plain", 9.6)
    canvas.line(51, 87, 544, 87)
    canvas.drawString(51, 55, f"咨询电话：{facts.organ.advice_phone}　监督投诉：{facts.organ.supervision_phone}")
    canvas.drawString(51, 37, "一式两份，申请人、受理机关各执一份。　第1页 共1页")
    number = compact(facts.case_number)
    pattern = Code128(number).build()[0]
    _runs(canvas, map(int, pattern), 319, 50, 225 / len(pattern), 30)
    canvas.drawCentredString(431, 37, number)


def _runs(canvas: Any, row: Iterable[int], left: float, bottom: float, module: float, height: float) -> None:
    """The dark runs of a row of modules as one path, the quickest way its canvas has."""
    path = canvas.beginPath()
    x = 0
    for dark, run in groupby(row):
        length = sum(1 for _ in run)
        if dark:
            path.rect(left + x * module, bottom, length * module, height)
        x += length
    canvas.drawPath(path, stroke=0, fill=1)
