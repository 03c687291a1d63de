"""A killed window reopens where it was."""

from client.desk.counter import Counter
from client.desk.place import keep, kept
from tests.desk.counter import Desk


def test_a_window_that_was_nowhere_has_no_place(counter: Counter) -> None:
    assert kept(counter) == {}


def test_the_last_place_outlives_the_window(desk: Desk) -> None:
    keep(desk.counter, {"page": "case", "case_id": 1})
    place = {"page": "intake", "case_id": 7, "field": "shareholders.0.name", "typed": "张\U00020bb7" * 1000}
    keep(desk.counter, place)
    desk.reopen()
    assert kept(desk.counter) == place
