"""A printed application form on A4, as a scanner gives it: what stands on it is known, so reading can be counted."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from client.rules.suggestions import SuggestionKind
from tests import data

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
A4_INCHES = (8.27, 11.69)
ROWS = (
    ("申请人姓名", "张三"),
    ("公民身份号码", data.resident_id(1)),
    ("单位名称", "示例市示例食品有限公司"),
    ("统一社会信用代码", data.uscc(1)),
    ("联系电话", "13900000000"),
    ("申请日期", "1999年3月8日"),
)
VALUES = (
    (SuggestionKind.NAME, "张三"),
    (SuggestionKind.RESIDENT_ID, data.resident_id(1)),
    (SuggestionKind.USCC, data.uscc(1)),
    (SuggestionKind.PHONE, "13900000000"),
    (SuggestionKind.DATE, "1999-03-08"),
)


@cache
def form_page(dpi: int = 200, turned: float = 0.0, quality: int | None = None) -> bytes:
    """PNG, or JPEG of a `quality`; `turned` in degrees against the clock."""
    page = Image.new("RGB", (round(A4_INCHES[0] * dpi), round(A4_INCHES[1] * dpi)), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), round(12 / 72 * dpi))  # 小四, as forms are printed
    draw.text((round(3 * dpi), round(0.8 * dpi)), "食品经营许可申请表", "black", font)
    height = round(0.4 * dpi)
    for number, (label, value) in enumerate(ROWS):
        top = round(1.5 * dpi) + number * height
        for left, right, text in ((1.0, 3.0, label), (3.0, 7.3, value)):
            draw.rectangle((round(left * dpi), top, round(right * dpi), top + height), outline="black", width=2)
            draw.text((round((left + 0.1) * dpi), top + height // 4), text, "black", font)
    if turned:
        page = page.rotate(turned, Image.Resampling.BICUBIC, fillcolor="white")
    out = BytesIO()
    page.save(out, "PNG") if quality is None else page.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()
