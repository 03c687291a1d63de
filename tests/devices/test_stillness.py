"""Which pictures of a lens are pages: each page once, whoever waves his hand over it, and no page that still moves."""

from collections.abc import Iterable
from itertools import chain

import pytest

from devices.scanner.stillness import STILL, Pixels, Shots, is_same
from tests.devices.filmed import RATE, lying, noisy, page, turning, view

FIRST, SECOND, THIRD = (page(number) for number in range(3))


def taken(*scenes: Iterable[Pixels], left: Pixels | None = None) -> list[float]:
    """The seconds at which pages are taken."""
    shots = Shots(left)
    return [at for at, picture in shown(*scenes) if shots.see(picture, at)]


def shown(*scenes: Iterable[Pixels]) -> list[tuple[float, Pixels]]:
    return [(number / RATE, picture) for number, picture in enumerate(noisy(chain(*scenes)))]


def test_a_page_that_lies_there_is_taken_once_it_has_lain_long_enough() -> None:
    assert taken(lying(FIRST, STILL / 2)) == []
    assert taken(lying(FIRST, 3.0)) == [pytest.approx(STILL, abs=1 / RATE)]


def test_each_page_is_taken_once_and_in_its_order() -> None:
    scenes = [chain(lying(each, 1.5), turning(each)) for each in (FIRST, SECOND, THIRD)]
    assert [round(at / 2.0) for at in taken(*scenes)] == [0, 1, 2]


def test_a_page_that_moves_is_not_taken() -> None:
    assert taken(view(FIRST, shift=step * 3) for step in range(30)) == []


def test_a_hand_over_a_page_does_not_make_it_another() -> None:
    assert len(taken(lying(FIRST, 1.0), turning(FIRST), lying(FIRST, 1.0))) == 1


@pytest.mark.parametrize("how", [{"shift": 6}, {"light": -30}])
def test_a_page_pushed_or_under_another_light_is_the_same(how: dict[str, int]) -> None:
    assert len(taken(lying(FIRST, 1.0), turning(FIRST), lying(FIRST, 1.0, **how))) == 1


def test_forms_that_differ_in_one_line_are_two_pages() -> None:
    looks = [Shots(), Shots()]
    for shots, laid in zip(looks, (FIRST, SECOND), strict=True):
        assert any(shots.see(picture, at) for at, picture in shown(lying(laid, 1.0)))
    one, other = (shots.taken for shots in looks)
    assert one is not None
    assert other is not None
    assert is_same(one, one)
    assert not is_same(one, other)


def test_a_bare_table_is_no_page() -> None:
    assert taken(lying(None, 2.0)) == []
    assert len(taken(lying(None, 2.0), lying(FIRST, 1.0), lying(None, 2.0))) == 1


def test_a_page_left_by_an_interrupted_run_is_taken_again_only_when_touched() -> None:
    shots = Shots()
    assert any(shots.see(picture, at) for at, picture in shown(lying(FIRST, 1.0)))
    assert taken(lying(FIRST, 3.0), left=shots.taken) == []
    assert len(taken(lying(SECOND, 3.0), left=shots.taken)) == 1
    assert len(taken(lying(FIRST, 1.0), turning(FIRST), lying(FIRST, 1.0), left=shots.taken)) == 1


def test_how_long_a_page_has_lain_is_told() -> None:
    shots = Shots()
    assert shots.share(0.0) == 0.0
    for at, picture in shown(lying(FIRST, 0.4)):
        shots.see(picture, at)
    assert 0.0 < shots.share(0.3) < 1.0
