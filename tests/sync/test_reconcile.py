"""Two books compared: what is agreed costs a question, and what differs is found, whatever it is."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import PlatformError
from client.ports.agreement import Comparison, Difference, Gap
from client.rules.agreement import Fact, Held, Range, Sum
from sync import reconcile
from sync.reconcile import MOST, compare
from tests.sync.books import OWN, PAGE, Paper
from tests.sync.desk import DOWN


def number(day: int, serial: int) -> str:
    return f"{OWN}{day:08}-{serial:04}-0"


def case(day: int, serial: int, *, events: int = 1) -> Held:
    of = number(day, serial)
    facts = frozenset(Fact("urn:w", f"{of}/{each}", each) for each in range(events))
    return Held(of, f"k{of}", None, facts, frozenset())


def books(*cases: Held, waiting: frozenset[str] = frozenset(), sources_before: frozenset[str] = frozenset()) -> Paper:
    made = Paper(waiting=waiting, sources_before=sources_before)
    made.put(*cases)
    return made


def test_a_million_agreed_cases_cost_one_question() -> None:
    window, platform = a_million(), a_million()
    assert compare(window, platform) == Comparison(agreed=1_000_000)
    assert platform.questions == 1


def a_million() -> Paper:
    """Ten thousand days of a hundred cases."""
    return Paper(days={f"{OWN}{day:08}": Sum(100, 7919**9 * day) for day in range(10_000)})


def test_one_case_of_a_million_is_found_by_a_few_questions() -> None:
    window, platform = a_million(), a_million()
    window.days.pop(f"{OWN}{4711:08}")
    platform.days.pop(f"{OWN}{4711:08}")
    day = [case(4711, serial) for serial in range(100)]
    window.put(*day)
    platform.put(*day[:50], *day[51:])
    found = compare(window, platform)
    assert found.differences == (Difference(day[50].number, Gap.NOT_HELD, (f"{day[50].number}/0",)),)
    assert found.agreed == 999_999
    pages = -(-99 // PAGE) + 1
    assert platform.questions <= 1 + 5 + pages  # 16⁴ days are more than ten thousand, and a single one stands apart


def test_what_is_on_its_way_hides_nothing_that_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hall's node, which holds what it has still to pass on: whole cases, and news of one the platform has."""
    monkeypatch.setattr(reconcile, "MOST", 2)
    known, *rest = [case(1, serial, events=2) for serial in range(6)]
    lost = case(2, 0)
    waiting = frozenset({f"{known.number}/1", *(fact.event_id for each in rest for fact in each.events)})
    found = compare(books(known, *rest, lost, waiting=waiting), books(case(1, 0)))
    assert found.differences == (Difference(lost.number, Gap.NOT_HELD, (f"{lost.number}/0",)),)
    assert not found.more


def test_of_a_platform_that_knows_no_sums_nothing_is_added_up_here() -> None:
    class Foreign(Paper):
        def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
            self.questions += len(ranges)
            raise DOWN

    window, platform = books(CASE), Foreign()
    with pytest.raises(PlatformError):
        compare(window, platform)
    assert (platform.questions, window.questions) == (1, 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 3), st.sampled_from(["both", "window", "platform"])), max_size=60
    )
)
def test_whatever_differs_is_found_and_nothing_else(placed: list[tuple[int, int, str]]) -> None:
    sides = {(day, serial): side for day, serial, side in placed}
    window = books(*(case(*at) for at, side in sides.items() if side != "platform"))
    platform = books(*(case(*at) for at, side in sides.items() if side != "window"))
    found = compare(window, platform)
    expected = {
        number(*at): Gap.NOT_HELD if side == "window" else Gap.UNKNOWN_HERE
        for at, side in sides.items()
        if side != "both"
    }
    assert {each.number: each.gap for each in found.differences} == expected
    assert found.agreed == sum(side == "both" for side in sides.values())


CASE = case(1, 1, events=3)


@pytest.mark.parametrize(
    ("theirs", "gap", "what"),
    [
        (replace(CASE, events=frozenset(sorted(CASE.events)[:1])), Gap.NOT_HELD, ("/1", "/2")),
        (replace(CASE, events=CASE.events | {Fact("urn:w", CASE.number + "/9", 9)}), Gap.UNKNOWN_HERE, ("/9",)),
        (replace(CASE, key="other"), Gap.OTHER_KEY, (CASE.key, "other")),
        (replace(CASE, key=None), Gap.OTHER_KEY, (CASE.key, "")),
        (replace(CASE, told="review"), Gap.OTHER_STATE, ("", "review")),
        (replace(CASE, files=frozenset()), Gap.FILE_NOT_HELD, ("a" * 64,)),
    ],
)
def test_each_gap_has_its_name_and_what_it_is_about(theirs: Held, gap: Gap, what: tuple[str, ...]) -> None:
    ours = replace(CASE, files=frozenset({"a" * 64})) if gap is Gap.FILE_NOT_HELD else CASE
    told = tuple(CASE.number + each if each.startswith("/") else each for each in what)
    assert compare(books(ours), books(theirs)).differences == (Difference(CASE.number, gap, told),)


def test_an_event_that_waits_for_its_answer_is_no_difference() -> None:
    sent = f"{number(2, 1)}/0"
    comparison = compare(books(CASE, waiting=frozenset({sent})), books(CASE, case(2, 1)))
    assert comparison.differences == ()


def test_who_differs_in_everything_is_told_so_much_and_no_more() -> None:
    window = books(*(case(day, serial) for day in range(2) for serial in range(MOST)))
    found = compare(window, books())
    assert (len(found.differences), found.more, found.agreed) == (MOST, True, 0)
    found = compare(books(), window)
    assert (len(found.differences), found.more) == (MOST, True)


def test_what_is_not_told_any_more_is_not_asked_either() -> None:
    platform = books()
    found = compare(books(*(case(day, serial) for day in range(1, 29) for serial in range(MOST // 10))), platform)
    assert (len(found.differences), found.more) == (MOST, True)
    assert platform.questions < 28  # one for each day would be more


def test_a_window_and_a_platform_without_cases_agree() -> None:
    assert compare(books(), books()) == Comparison(agreed=0)


def test_cases_of_the_disk_before_stand_apart() -> None:
    window = books(case(1, 1), sources_before=frozenset({"urn:w"}))
    lost = [case(1, 2), case(2, 1)]
    found = compare(window, books(case(1, 1), *lost))
    assert (found.agreed, found.differences, found.more) == (1, (), False)
    assert sorted(each.number for each in found.before) == [each.number for each in lost]


def test_so_many_cases_of_the_disk_before_are_told_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "MOST_BEFORE", 5)
    platform = books(*(case(day, serial) for day in range(1, 9) for serial in range(4)))
    found = compare(books(sources_before=frozenset({"urn:w"})), platform)
    assert (len(found.before), found.more) == (5, True)
