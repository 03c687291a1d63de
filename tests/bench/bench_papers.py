"""P6: how long a paper takes, against WeasyPrint and against a plain rendition by reportlab, in the same run.

The three sides render the same acceptance notice in turns, round by round; the figures are medians of the rounds.
"""

import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from barcode.codex import Code128

from client.ports.papers import PaperFacts
from printing.papers.marks import compact, qr_modules
from printing.papers.statement import statement_of, told
from printing.papers.wording import day, full_width
from printing.press import A4Press
from tests.bench import plain_reportlab
from tests.bench.rows import Goal, row
from tests.printing.facts import order

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / "build" / "bench" / "weasyprint"
SIDE = Path(__file__).with_name("weasyprint_side.py")
PAPERS_A_ROUND = 20
PAPERS_A_ROUND_WEASYPRINT = 4
UNIT = "ms a paper"
GOAL_WEASYPRINT = Goal(15.0, at_least=True)
GOAL_PLAIN = Goal(1.2, at_least=False)


def rows(rounds: int = 5) -> list[dict[str, Any]]:
    """The rows of P6. A side that cannot be had here is a row with its reason, and is not met."""
    sheet, press = order(), A4Press()
    plain_reportlab.register()

    def ours() -> float:
        return _milliseconds(lambda: press.render(sheet))

    def plain() -> float:
        return _milliseconds(lambda: plain_reportlab.render(sheet.facts))

    ours(), plain()
    try:
        with WeasyPrint(sheet.facts) as weasyprint:
            turns = [(ours(), plain(), weasyprint.milliseconds()) for _ in range(rounds)]
        other: float | None = median(turn[2] for turn in turns)
        detail = f"fonts cut by {weasyprint.cutter}"
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        turns = [(ours(), plain(), 0.0) for _ in range(rounds)]
        other, detail = None, f"WeasyPrint could not be set up: {error}"
    mine, theirs = median(turn[0] for turn in turns), median(turn[1] for turn in turns)
    return [_against_weasyprint(mine, other, detail), _against_plain(mine, theirs)]


def _against_weasyprint(mine: float, other: float | None, detail: str) -> dict[str, Any]:
    what = "acceptance notice, against WeasyPrint: times faster"
    if other is None:
        unknown = {"other": None, "ratio": None, "met": False, "detail": detail}
        return {"id": "P6", "what": what, "ours": round(mine, 3), "unit": UNIT, "goal": str(GOAL_WEASYPRINT), **unknown}
    return {**row("P6", what, mine, other, UNIT, other / mine, GOAL_WEASYPRINT), "detail": detail}


def _against_plain(mine: float, theirs: float) -> dict[str, Any]:
    what = "acceptance notice, against plain reportlab: share of its time"
    return {**row("P6", what, mine, theirs, UNIT, mine / theirs, GOAL_PLAIN)}


def _milliseconds(render: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    for _ in range(PAPERS_A_ROUND):
        render()
    return (time.perf_counter() - start) / PAPERS_A_ROUND * 1000


class WeasyPrint:
    """A WeasyPrint of its own environment and process, warmed up, that renders when told to."""

    cutter = "?"  # what cuts its fonts: libharfbuzz-subset, or fontTools, which is much slower

    def __init__(self, facts: PaperFacts) -> None:
        self._folder = TemporaryDirectory()
        self._page = Path(self._folder.name) / "notice.html"
        self._page.write_text(_html(facts), encoding="utf-8")
        self._fonts = Path(self._folder.name) / "fonts.conf"
        self._fonts.write_text(_FONTCONFIG.format(fonts=plain_reportlab.FONTS, cache=self._folder.name))

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [_environment(), SIDE, self._page],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "FONTCONFIG_FILE": str(self._fonts)},
        )
        self.milliseconds()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def milliseconds(self) -> float:
        """Mean of a few renders. Raises ValueError when the process has died."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("no pipes")
        self._process.stdin.write(f"{PAPERS_A_ROUND_WEASYPRINT}\n")
        self._process.stdin.flush()
        spent, self.cutter = self._process.stdout.readline().split()
        return float(spent)


def _environment() -> Path:
    """A throw-away environment with WeasyPrint; needs a package index and libpango of the system.

    With libharfbuzz-subset0 it is some eight times faster; without it the comparison flatters us.
    """
    python = ENVIRONMENT / "bin" / "python"
    uv = shutil.which("uv")
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=uv is None)
        pip: list[str | Path] = [uv, "pip"] if uv else [python, "-m", "pip"]
        where: list[str | Path] = ["--python", python] if uv else []
        subprocess.run([*pip, "install", "-q", *where, "weasyprint"], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([python, "-c", "import weasyprint"], check=True, stderr=subprocess.DEVNULL)
    return python


def _html(facts: PaperFacts) -> str:
    materials = "".join(
        f"<tr><td>{n}<td>{m.name}<td>{m.form}<td>{m.copies}<td>{m.pages}<td>{m.original}"
        for n, m in enumerate(facts.materials, start=1)
    )
    number, qr = compact(facts.case_number), qr_modules(told(statement_of(facts, [])))
    return _PAGE.format(
        facts=facts,
        organ=facts.organ,
        item=full_width(facts.item_name),
        basis=full_width(facts.basis),
        attendee=full_width(facts.attendee or ""),
        applied_on=day(facts.applied_on),
        promised=day(facts.promised_date) if facts.promised_date else "",
        issued=day(facts.issued_at),
        materials=materials,
        qr=_svg(_squares(qr), len(qr), len(qr), "71pt", "71pt"),
        bars=_svg(_bars(number), len(Code128(number).build()[0]), 30, "225pt", "30pt"),
        number=number,
    )


def _squares(matrix: list[list[bool]]) -> str:
    return "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)


def _bars(number: str) -> str:
    return "".join(f"M{x} 0h1v30h-1z" for x, bar in enumerate(Code128(number).build()[0]) if bar == "1")


def _svg(path: str, columns: int, lines: int, width: str, height: str) -> str:
    box = f'viewBox="0 0 {columns} {lines}" width="{width}" height="{height}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="{path}"/></svg>'


_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""  # fonts installed in the system are quicker for it than fonts loaded by the page

_PAGE = """<!doctype html><meta charset="utf-8"><style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 11.6pt/20.6pt 'Noto Serif SC'; margin: 0 }} h1 {{ font-size: 21pt; letter-spacing: 3pt }}
h1, h2 {{ text-align: center; margin: 8pt 0 }} h2 {{ font-size: 15pt; font-weight: normal; letter-spacing: 3pt }}
p {{ text-align: justify; text-indent: 2em; margin: 0 }} p.flat {{ text-indent: 0 }}
table {{ width: 100%; border-collapse: collapse; font-size: 10pt; margin-top: 6pt }}
td, th {{ border: 0.7pt solid #262626; padding: 3pt 6pt; font-weight: normal; text-align: left }}
th {{ background: #f3f3f3 }} .meta, .meta td {{ border: 0 }} .right {{ text-align: right }} small {{ font-size: 9.4pt }}
</style><h2>{organ.name}</h2><h1>{facts.title}</h1>
<table class="meta"><tr><td>{facts.paper_number}<td class="right">办件编号 {facts.case_number}</table>
<p class="flat"><b>{facts.applicant_name}</b>（{facts.applicant_identifier}；{attendee}）：</p>
<p>你单位于{applied_on}提出的<b>{item}</b>申请收悉。经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式。\
依据{basis}，本机关<b>决定予以受理</b>，并承诺于{promised}前办结（依法需要{facts.excluded_time}的，所需时间不计入，\
另行书面告知）。</p>
<table><tr><th>事项名称<td>{item}<th>承办部门<td>{organ.department}
<tr><th>实施编码<td>{facts.task_code}<th>受理日期<td>{issued}
<tr><th>办理时限<td>{facts.limit_text}<th>收费<td>{facts.fee}
<tr><th>领取方式<td>{facts.collection}<th>查询码<td>{facts.query_code}</table>
<table><tr><th>序号<th>收到材料<th>形式<th>份数<th>页数<th>原件{materials}</table>
<p class="flat">受理人：{facts.clerk_name}（工号{facts.clerk_no}）　联系电话：{facts.clerk_phone}</p>
<table class="meta"><tr><td>{qr}<td><small>扫描二维码，凭办件编号和查询码<br>查询办理进度</small>
<td class="right">{organ.name}<br>{issued}</table>
<table><tr><th>申请人签收<td><th>日期<td>年　月　日</table>
<table class="meta"><tr><td><small>咨询电话：{organ.advice_phone}　监督投诉：{organ.supervision_phone}<br>
一式两份，申请人、受理机关各执一份。　第1页 共1页</small><td class="right">{bars}<br><small>{number}</small></table>
"""


if __name__ == "__main__":
    for each in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        print(each)
