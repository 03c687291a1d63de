"""How large a paper is set: the sizes, leadings and widths of its parts, once as usual and once in large type.

Large type is for whoever reads badly: the body is 15 points at least (小三), tables too, and nothing stands beside
another where it would have to be broken for it. Distances are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEFT: Final = 51.0  # 18 mm
RIGHT: Final = 544.3
MEASURE: Final = RIGHT - LEFT
TOP_NEXT: Final = 66.0  # below the running head


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Sizes and baselines of the head of the first page, and where the body begins below it."""

    organ: float = 15.0
    organ_at: float = 59.3
    title: float = 21.0
    title_at: float = 96.5
    meta: float = 10.5
    meta_at: float = 126.0
    second: float = 9.6  # the title in another language; what is below it moves down by `lift`
    second_at: float = 112.5
    lift: float = 13.0
    body_at: float = 139.0


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the foot of a page begins, its two lines and the bar code beside or below them."""

    size: float = 9.6
    rule_at: float = 755.0
    above_at: float | None = 769.5  # where the first line stands when it needs two; None where it has the whole measure
    first_at: float = 787.0
    second_at: float = 804.5
    room: float = MEASURE - 225.0 - 12.0  # for each of the two lines
    bars_at: float = 762.0
    number_at: float = 804.5

    @property
    def bottom(self) -> float:
        """Where the body ends."""
        return self.rule_at - 11.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything whose size the reader's eyes decide."""

    body: float = 11.6
    leading: float = 20.6
    small: float = 10.2  # remarks
    small_leading: float = 16.4
    gap: float = 6.5  # above a table and above remarks
    cell: float = 10.0
    cell_leading: float = 15.0
    row: float = 22.0  # height of a row of one line
    second: float = 7.6  # words in another language, in tables and below the text
    second_leading: float = 9.6
    gist: float = 8.8
    gist_leading: float = 12.0
    pairs: int = 2  # of label and value in a row
    labels: Sequence[float] = (86.2, 210.8, 86.2, MEASURE - 86.2 - 210.8 - 86.2)
    labels_in_two: Sequence[float] = (97.0, 190.0, 105.0, MEASURE - 97.0 - 190.0 - 105.0)  # languages
    materials: Sequence[float] = (36.0, 224.3, 80.3, 36.0, 36.0, MEASURE - 36.0 - 224.3 - 80.3 - 36.0 - 36.0)
    defects: Sequence[float] = (36.0, 128.0, 155.0, MEASURE - 36.0 - 128.0 - 155.0)
    declared: Sequence[float] = (36.0, MEASURE - 36.0)
    returned: Sequence[float] = (36.0, MEASURE - 36.0 - 80.0, 80.0)
    deferred: Sequence[float] = (36.0, 236.0, 104.0, MEASURE - 36.0 - 236.0 - 104.0)
    delivered: Sequence[float] = (36.0, 250.0, MEASURE - 36.0 - 250.0)
    other_cases: Sequence[float] = (36.0, 118.0, 108.0, 180.0, MEASURE - 36.0 - 118.0 - 108.0 - 180.0)
    clerk: float = 10.5
    clerk_height: float = 30.0
    name: float = 11.6  # of the organ, where the seal goes
    name_leading: float = 17.0
    signature: float = 33.0
    one_signs: Sequence[float] = (82.5, 230.2, 67.5, MEASURE - 82.5 - 230.2 - 67.5)
    both_sign: Sequence[float] = (118.0, 170.0, 82.0, MEASURE - 118.0 - 170.0 - 82.0)
    head: Letterhead = Letterhead()
    foot: Foot = Foot()


NORMAL: Final = Measures()
LARGE: Final = Measures(
    body=16.0,
    leading=27.0,
    small=15.0,
    small_leading=23.5,
    gap=8.0,
    cell=15.0,
    cell_leading=21.0,
    row=30.0,
    second=11.0,
    second_leading=13.5,
    gist=13.0,
    gist_leading=18.0,
    pairs=1,
    labels=(104.0, MEASURE - 104.0),
    labels_in_two=(154.0, MEASURE - 154.0),
    materials=(46.0, 172.0, 96.0, 46.0, 46.0, MEASURE - 46.0 - 172.0 - 96.0 - 46.0 - 46.0),
    defects=(46.0, 128.0, 160.0, MEASURE - 46.0 - 128.0 - 160.0),
    declared=(46.0, MEASURE - 46.0),
    returned=(46.0, MEASURE - 46.0 - 96.0, 96.0),
    deferred=(46.0, 190.0, 134.0, MEASURE - 46.0 - 190.0 - 134.0),
    delivered=(46.0, 230.0, MEASURE - 46.0 - 230.0),
    other_cases=(46.0, 108.0, 108.0, 160.0, MEASURE - 46.0 - 108.0 - 108.0 - 160.0),
    clerk=15.0,
    clerk_height=38.0,
    name=15.0,
    name_leading=21.0,
    signature=42.0,
    one_signs=(104.0, 175.0, 64.0, MEASURE - 104.0 - 175.0 - 64.0),
    both_sign=(110.0, 169.0, 64.0, MEASURE - 110.0 - 169.0 - 64.0),
    head=Letterhead(
        organ=18.0,
        title=25.0,
        title_at=99.0,
        meta=12.0,
        meta_at=130.0,
        second=13.0,
        second_at=117.0,
        lift=16.0,
        body_at=144.0,
    ),
    foot=Foot(
        size=13.0,
        rule_at=712.0,
        above_at=None,
        first_at=734.0,
        second_at=753.0,
        room=MEASURE,
        bars_at=763.0,
        number_at=804.5,
    ),
)
