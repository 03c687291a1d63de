"""The size of a request follows the line: it grows while answers come soon, and shrinks where they come late or not."""

from sync.pace import BATCH_EVENTS, FIRST, LEAST, SLOW, Pace


def sizes(pace: Pace, count: int, attempts: int = 0) -> list[int]:
    return [pace.take(attempts) for _ in range(count)]


def test_requests_grow_up_to_their_bound() -> None:
    assert sizes(Pace(), 5) == [FIRST, 200, 400, BATCH_EVENTS, BATCH_EVENTS]


def test_a_slow_line_is_asked_to_carry_less_and_a_quick_one_more_again() -> None:
    pace = Pace()
    assert sizes(pace, 4)[-1] == BATCH_EVENTS
    pace.answered(BATCH_EVENTS, SLOW + 1)
    assert sizes(pace, 2) == [250, 250]
    pace.answered(250, SLOW / 2)  # neither slow nor quick
    assert sizes(pace, 1) == [250]
    pace.answered(250, 0.1)
    assert sizes(pace, 3) == [250, BATCH_EVENTS, BATCH_EVENTS]


def test_the_slowest_line_still_carries_something_and_the_next_pass_remembers_it() -> None:
    pace = Pace()
    for _ in range(20):
        pace.answered(pace.take(0), SLOW * 2)
    pace.begin()
    assert sizes(pace, 2) == [LEAST, LEAST]


def test_what_failed_oftener_than_any_before_begins_the_smaller_and_grows_again() -> None:
    pace = Pace()
    assert sizes(pace, 4, attempts=20) == [1, 2, 4, 8]
    pace.begin()
    assert sizes(pace, 2, attempts=1) == [FIRST, 200]
    assert sizes(pace, 2, attempts=4) == [BATCH_EVENTS >> 3, 2 * (BATCH_EVENTS >> 3)]


def test_after_a_loss_half_as_many_go() -> None:
    pace = Pace()
    pace.lost(pace.take(0))
    assert pace.largest == FIRST // 2
    pace.lost(1)
    assert pace.largest == 1
