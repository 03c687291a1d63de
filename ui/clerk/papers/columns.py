"""What the list of papers says of each."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from client.desk.paper_finding import PaperFound, PaperState
from client.text import spoken, tr
from ui.clerk.case_words import PRINT_TONES
from ui.widgets.chips import Tone
from ui.widgets.table import Column
from ui.widgets.times import short_time

STATE_TONES: Mapping[PaperState, Tone] = MappingProxyType(
    {
        PaperState.READY: Tone.GOOD,
        PaperState.AWAITING_SEAL: Tone.WARN,
        PaperState.UNRENDERED: Tone.BRAND,
        PaperState.VOIDED: Tone.PLAIN,
    }
)
LONGER = 26  # pixels that an English word takes more than a Chinese one


def paper_columns(today: date) -> tuple[Column[PaperFound], ...]:
    more, narrow_time = (LONGER, 0) if spoken() else (0, None)
    return (
        Column(tr("文书编号"), lambda paper: paper.number or "—", 190),
        Column(tr("文书"), lambda paper: paper.words, 0),
        Column(tr("申请人"), lambda paper: paper.applicant_name, 126, narrow=0),
        Column(tr("出具"), lambda paper: short_time(paper.issued_at, today), 98, narrow=narrow_time),
        Column(
            tr("状态"),
            lambda paper: paper.state_words,
            84 + more,
            lambda paper: STATE_TONES[paper.state],
        ),
        Column(
            tr("打印"),
            printed,
            104 + more,
            lambda paper: PRINT_TONES.get(paper.print_state, Tone.BRAND),
        ),
    )


def printed(paper: PaperFound) -> str:
    """A 补打 says which."""
    if not paper.reprints:
        return paper.print_words
    return tr("{print} 补打{count}").format(print=paper.print_words, count=paper.reprints)
