"""The rows of the benchmarks: a goal is met or missed, and a figure without one is said to have none."""

import pytest

from tests.bench.rows import Goal, row, verdict


@pytest.mark.parametrize(
    ("goal", "told", "met"),
    [
        (Goal(2.0, at_least=False), ("≤ 2.0", "NOT MET"), False),
        (Goal(2.0, at_least=True), ("≥ 2.0", "met"), True),
        (None, ("–", ""), None),
    ],
)
def test_a_row_says_what_was_asked_of_its_figure(goal: Goal | None, told: tuple[str, str], met: bool | None) -> None:  # noqa: FBT001 - a parameter of the test
    found = row("P0", "a figure", 5.0, 2.0, "ms", 2.5, goal)
    assert (found["goal"], verdict(found), found["met"]) == (*told, met)
