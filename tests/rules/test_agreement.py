"""Sums of what is held: in any order the same, taken back as if it had never been, and cut without a gap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.rules.agreement import NOTHING, Fact, Held, Range, Sum, case_sum, event_sum, file_sum, head_of, parts, total

NUMBER = "110101-01-07-20261123-0043-6"
FACT = Fact("urn:window", "e1", 7)
HELD = Held(NUMBER, "k", None, frozenset({FACT}), frozenset({"a" * 64}))

sums = st.builds(Sum, st.integers(0, 9), st.integers(0, (1 << 256) - 1))
heads = st.lists(st.text("0123456789", min_size=4, max_size=4), max_size=60, unique=True).map(sorted)


@given(st.lists(sums, max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_sums_add_up_in_any_order(both: tuple[list[Sum], list[Sum]]) -> None:
    assert total(both[0]) == total(both[1])


@given(sums, sums)
def test_what_is_taken_back_leaves_nothing(one: Sum, other: Sum) -> None:
    assert (one + other) - other == one
    assert Sum.of(one.cases, one.hex) == one
    assert len(one.hex) == 64


def test_the_head_of_a_number_is_its_window_and_day() -> None:
    assert head_of(NUMBER) == "110101-01-07-20261123"


def test_a_case_is_the_sum_of_what_is_held_of_it() -> None:
    assert HELD.sum == case_sum(NUMBER, "k", None) + event_sum(NUMBER, FACT) + file_sum(NUMBER, "a" * 64)
    assert HELD.sum.cases == 1


def test_a_case_without_an_event_counts_for_nothing() -> None:
    assert Held(NUMBER, "k", "review", frozenset(), frozenset()).sum == NOTHING


@pytest.mark.parametrize(
    "other",
    [
        Held(NUMBER + "0", "k", None, HELD.events, HELD.files),
        Held(NUMBER, "l", None, HELD.events, HELD.files),
        Held(NUMBER, "k", "review", HELD.events, HELD.files),
        Held(NUMBER, "k", None, frozenset({FACT._replace(sequence=8)}), HELD.files),
        Held(NUMBER, "k", None, frozenset({FACT._replace(source="urn:another")}), HELD.files),
        Held(NUMBER, "k", None, HELD.events, frozenset({"b" * 64})),
    ],
    ids=["number", "key", "state", "sequence", "source", "file"],
)
def test_each_thing_that_is_compared_makes_a_difference(other: Held) -> None:
    assert other.sum != HELD.sum


@given(heads, st.integers(1, 16))
def test_parts_leave_no_gap_and_each_head_is_in_one(known: list[str], most: int) -> None:
    whole = Range("0", "~")
    found = parts(whole, known, most)
    assert [found[0].first, found[-1].end] == ["0", "~"]
    assert all(before.end == after.first for before, after in pairwise(found))
    assert all(sum(part.first <= head < part.end for part in found) == 1 for head in known)
    assert len(found) <= most + 2


@given(heads.filter(bool))
def test_cutting_comes_to_single_heads(known: list[str]) -> None:
    left, alone = [Range("0", "~")], []
    while left:
        whole = left.pop()
        inside = [head for head in known if whole.first <= head < whole.end]
        found = parts(whole, inside, 16)
        if len(found) > 1:
            left += found
        else:
            assert len(inside) <= 1
            alone += inside
    assert sorted(alone) == known
