"""The promises of a rule of intake: a closed list of grounds, and parts that agree."""

from typing import Any

import pytest
from pydantic import ValidationError

from client.errors import CaseError
from client.rules.regimes import Outcome, Regime, paper_title
from tests.rules.itemdata import EVIDENCE, item

BASIS = {"text": "《示例法》", "article": "第二条", **EVIDENCE}
GROUND = {"key": "not_competent", "words": "不属于职权", "outcome": "refused", "basis": BASIS}
ARTICLES = {"receive": BASIS, "accept": BASIS, "ask_correction": BASIS, "not_accept": BASIS}


def regime(**changes: Any) -> Regime:
    content = {
        "regime": "licensing_law",
        "law": "《示例法》",
        "titles": {"acceptance_notice": "受理通知书", "non_acceptance_notice": "不予受理通知书"},
        "titles_confirmed": False,
        "articles": ARTICLES,
        "notice_clock": {"length": 5, "unit": "working_day"},
        "deems_acceptance": True,
        "deeming_basis": BASIS,
        "asks_correction": True,
        "materials_after_notice": "by_clerk",
        "grounds": [GROUND],
        **changes,
    }
    return Regime.model_validate(content)


def test_only_a_listed_ground_is_a_ground() -> None:
    assert regime().ground("not_competent").outcome is Outcome.REFUSED
    with pytest.raises(CaseError) as refusal:
        regime().ground("incomplete")
    assert "《示例法》" in refusal.value.title


def test_the_two_outcomes_have_two_words() -> None:
    assert (Outcome.NOT_REQUIRED.words, Outcome.REFUSED.words) == ("不受理", "不予受理")


def test_a_paper_is_titled_by_its_ground_then_the_item_then_the_regime() -> None:
    ground = regime(grounds=[{**GROUND, "title": "不受理告知书"}]).ground("not_competent")
    own = item(paper_titles={"non_acceptance_notice": "不予受理决定书"})
    kind = "non_acceptance_notice"
    assert paper_title(own, regime(), kind, ground) == "不受理告知书"
    assert paper_title(own, regime(), kind, regime().ground("not_competent")) == "不予受理决定书"
    assert paper_title(item(), regime(), kind) == "不予受理通知书"
    with pytest.raises(CaseError, match="RULE-112"):
        paper_title(item(), regime(), "correction_notice")


def test_a_paper_without_a_title_of_its_own_takes_that_of_the_paper_it_stands_for() -> None:
    assert paper_title(item(), regime(), "deferral_notice") == paper_title(item(), regime(), "acceptance_notice")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"deeming_basis": None}, "deeming_basis"),
        ({"deems_acceptance": False}, "deeming_basis"),
        ({"asks_correction": False}, "ask_correction"),
        ({"articles": {"ask_correction": BASIS, "accept": BASIS}}, "without not_accept, receive"),
        ({"grounds": [GROUND, GROUND]}, "more than one not_competent"),
        ({"grounds": []}, "at least 1"),
        ({"notice_clock": "soon"}, "on_the_spot"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        regime(**changes)
    assert place in str(refusal.value)
