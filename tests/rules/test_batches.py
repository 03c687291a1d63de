"""A batch falls apart where its sheets say so: no page is lost, none doubled, none comes in another order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import CaseError
from client.rules.batches import (
    FOREIGN_SHEET,
    UNCUT,
    UNEVEN,
    Cut,
    Separator,
    SeparatorKind,
    Sorting,
    cut_in,
    interleaved,
    slot_code,
    sort_into,
)

ITEM = "11010100000000000X"
SLOTS = ("application", "identity", "premises")
NEXT = Cut()


def sheet(slot: str, item: str = ITEM) -> Cut | None:
    return cut_in(slot_code(item, slot))


def sorting(separator: Separator = UNCUT, at: str = SLOTS[0]) -> Sorting:
    return Sorting(separator, ITEM, SLOTS, at)


PATCHED = sorting(Separator(SeparatorKind.PATCH_T))


def test_a_batch_that_nothing_cuts_is_of_one_material() -> None:
    assert sort_into([None] * 3, sorting(at="identity")) == ["identity"] * 3


def test_a_slot_sheet_names_what_follows_in_any_order() -> None:
    batch = [None, sheet("premises"), None, None, sheet("application"), None]
    assert sort_into(batch, sorting(at="identity")) == ["identity", None, "premises", "premises", None, "application"]


def test_a_sheet_of_another_item_or_material_is_refused() -> None:
    for foreign in (sheet("premises", item="other"), sheet("photo")):
        with pytest.raises(CaseError) as caught:
            sort_into([None, foreign], sorting())
        assert caught.value.fault is FOREIGN_SHEET
    with pytest.raises(CaseError) as caught:
        sort_into([sheet("x" * 4000)], sorting())
    assert len(caught.value.title) < 100


def test_only_our_own_codes_are_sheets() -> None:
    assert cut_in("https://example.com/") is None
    assert cut_in("YICHUANG:SLOTS") is None
    assert cut_in(slot_code(ITEM, "premises")) == Cut("YICHUANG:SLOT:11010100000000000X:premises")


def test_a_patch_takes_the_batch_to_the_next_material() -> None:
    assert sort_into([None, NEXT, None, None], PATCHED) == ["application", None, "identity", "identity"]


def test_a_patch_on_top_of_the_stack_begins_the_first_material() -> None:
    assert sort_into([NEXT, None, NEXT, None], PATCHED) == [None, "application", None, "identity"]


def test_two_patches_leave_a_material_out() -> None:
    assert sort_into([None, NEXT, NEXT, None], PATCHED)[-1] == "premises"


def test_behind_the_last_material_pages_stay_with_it() -> None:
    assert sort_into([None, NEXT, None], sorting(at="premises")) == ["premises", None, "premises"]


def test_every_so_many_pages_the_next_material_begins() -> None:
    by_two = sorting(Separator(SeparatorKind.EVERY, every=2))
    expected = ["application", "application", "identity", "identity", "premises", "premises", "premises"]
    assert sort_into([None] * 7, by_two) == expected


SHEETS = st.lists(st.sampled_from([None, None, NEXT, *(sheet(slot) for slot in SLOTS)]))


@given(batch=SHEETS, every=st.integers(1, 4), kind=st.sampled_from(SeparatorKind), at=st.sampled_from(SLOTS))
def test_each_page_has_its_place_and_each_separator_none(
    batch: list[Cut | None], every: int, kind: SeparatorKind, at: str
) -> None:
    places = sort_into(batch, sorting(Separator(kind, every), at))
    assert [place is None for place in places] == [cut is not None for cut in batch]
    assert all(place in SLOTS for place in places if place is not None)


@given(sheets=st.lists(st.tuples(st.integers(), st.integers())))
def test_fronts_then_backs_are_the_sheets_again(sheets: list[tuple[int, int]]) -> None:
    fronts, backs = [front for front, _ in sheets], [back for _, back in reversed(sheets)]
    assert interleaved(fronts, backs) == [side for each in sheets for side in each]


@given(fronts=st.integers(0, 9), backs=st.integers(0, 9))
def test_passes_that_do_not_match_are_not_guessed_at(fronts: int, backs: int) -> None:
    if fronts == backs:
        assert len(interleaved(range(fronts), range(backs))) == fronts * 2
        return
    with pytest.raises(CaseError) as caught:
        interleaved(range(fronts), range(backs))
    assert caught.value.fault is UNEVEN
    assert f"正面扫了{fronts}页，背面扫了{backs}页" in caught.value.title
