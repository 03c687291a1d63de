"""A killed window reopens where it was."""

import pytest

from client.desk.counter import Counter
from client.desk.place import keep, kept
from tests.desk.counter import CLERK, FOOD, Desk


def test_a_window_that_was_nowhere_has_no_place(counter: Counter) -> None:
    assert kept(counter) == {}


def test_the_last_place_outlives_the_window(desk: Desk) -> None:
    keep(desk.counter, {"page": "case", "case_id": 1})
    place = {"page": "intake", "case_id": 7, "field": "shareholders.0.name", "typed": "张\U00020bb7" * 1000}
    keep(desk.counter, place)
    desk.reopen()
    assert kept(desk.counter) == place


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"case_id": None, "people": {"name": "张三"}}, {"case_id": 1, "people": {"name": "张三", "case": 1}}),
        ({"case_id": 7, "form": {"field": "phone"}}, {"case_id": 1}),
        ({"case_id": None, "people": {}}, {"case_id": 1, "people": {}}),
        ({"sought": "张三"}, {"sought": "张三"}),
    ],
    ids=["somebody gathered", "another case", "a clear table", "another page"],
)
def test_a_draft_that_was_opened_is_on_the_table_at_once(
    desk: Desk, before: dict[str, object], after: dict[str, object]
) -> None:
    keep(desk.counter, {"page": "it", "place": before})
    assert desk.drafting.open(CLERK, desk.item(FOOD), on_table=True) == 1
    assert kept(desk.counter) == {"page": "it", "place": after}


def test_a_draft_opened_elsewhere_or_before_any_place_leaves_it(desk: Desk) -> None:
    desk.drafting.open(CLERK, desk.item(FOOD), on_table=True)
    assert kept(desk.counter) == {}
    keep(desk.counter, {"page": "intake", "place": {"case_id": None}})
    desk.drafting.open(CLERK, desk.item(FOOD))
    assert kept(desk.counter)["place"] == {"case_id": None}
