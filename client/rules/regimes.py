"""What the law of intake says, per 受理规则: clock, papers, articles cited, and the closed list of grounds.

The words are data (resources/catalogue/regimes.json), because basis texts change; this module is their shape.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, Self

from pydantic import Field, model_validator

from client.errors import CaseError, Fault
from client.rules.items import Basis, IntakeRegime, Item, Key, Limit, Rule, Words
from client.text import tr

NoticeClock = Limit | Literal["on_the_spot"] | None
"""Within which the applicant must be told what is missing; None where no rule of law sets one."""

UNKNOWN_GROUND = Fault(
    "RULE-111",
    tr("“{ground}”不是“{law}”规定的不予受理情形"),
    tr("请从列出的情形中选择；材料不齐的，除不动产登记外应当一次性告知补正，不是不予受理的理由"),
)
NO_TITLE = Fault(
    "RULE-112",
    tr("“{law}”没有“{paper}”这种文书"),
    tr("请改用该受理规则规定的文书；如确有需要，请大厅管理员在受理规则中登记其标题"),
)


class Outcome(StrEnum):
    """The word on the paper: ground (一) of 许可法 第三十二条 is 不受理, every other 不予受理."""

    NOT_REQUIRED = "not_required"  # 不受理
    REFUSED = "refused"  # 不予受理

    @property
    def words(self) -> str:
        return tr("不受理") if self is Outcome.NOT_REQUIRED else tr("不予受理")


class MaterialsAfterNotice(StrEnum):
    """Where the materials go when a correction is asked for."""

    BY_CLERK = "by_clerk"  # told on the spot: returned; told later: kept, with a slip
    RETURNED = "returned"


class Ground(Rule):
    """One lawful reason not to accept."""

    key: Key
    words: Words  # as printed
    outcome: Outcome
    basis: Basis
    title: str = ""  # of the paper, where it is not the regime's
    names_competent_organ: bool = False
    lists_defects: bool = False  # the paper names all that must be completed
    notes: tuple[Words, ...] = ()  # said of this ground alone


class Regime(Rule):
    """One 受理规则. Keys of `titles`, `notes` and `paper_articles` are kinds of paper, those of `articles` the acts.

    A paper without a title is not made under it. The notes of a 容缺受理通知书 have the place {due}.
    """

    regime: IntakeRegime
    law: Words
    titles: Mapping[Key, Words]
    titles_confirmed: bool
    articles: Mapping[Literal["receive", "accept", "ask_correction", "not_accept"], Basis]
    paper_articles: Mapping[Key, Basis] = {}  # of the papers that no act of the window cites
    notice_clock: NoticeClock
    deems_acceptance: bool  # a silent clock is 视为受理, dated to the receipt of the materials
    deeming_basis: Basis | None = None
    asks_correction: bool
    materials_after_notice: MaterialsAfterNotice
    grounds: tuple[Ground, ...] = Field(min_length=1)
    notes: Mapping[Key, tuple[Words, ...]] = {}

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if self.deems_acceptance == (self.deeming_basis is None):
            raise ValueError("deeming_basis: owed exactly where deems_acceptance is true")
        if self.asks_correction != ("ask_correction" in self.articles):
            raise ValueError("articles.ask_correction: owed exactly where asks_correction is true")
        if missing := {"receive", "accept", "not_accept"} - set(self.articles):
            raise ValueError(f"articles: without {', '.join(sorted(missing))}")
        twins = [key for key, count in Counter(ground.key for ground in self.grounds).items() if count > 1]
        if twins:
            raise ValueError(f"grounds: more than one {', '.join(twins)}")
        return self

    def ground(self, key: str) -> Ground:
        """The ground of that key. Raises CaseError for one that is not in the closed list."""
        for ground in self.grounds:
            if ground.key == key:
                return ground
        raise CaseError(UNKNOWN_GROUND, ground=key, law=self.law)


INSTEAD: Mapping[str, str] = MappingProxyType(
    {"deferral_notice": "acceptance_notice", "correction_slip": "receiving_slip"}
)
"""Of which kind a paper takes title and 机关代字 where it has none of its own."""


def paper_title(item: Item, regime: Regime, kind: str, ground: Ground | None = None) -> str:
    """Title of a paper of `kind` (a PaperKind): the ground's, else the item's own, else the regime's."""
    title = (ground.title if ground else "") or item.paper_titles.get(kind) or regime.titles.get(kind)
    if title:
        return title
    if kind in INSTEAD:
        return paper_title(item, regime, INSTEAD[kind])
    raise CaseError(NO_TITLE, law=regime.law, paper=kind)
