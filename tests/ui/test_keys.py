"""The one map of keys."""

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from client.errors import StoreError
from ui.clerk.intake.page_verbs import keys_words
from ui.keys import ALONE, KEYS, check_keys, is_fit, key_map

pytestmark = pytest.mark.usefixtures("qapp")


def test_no_act_has_a_key_that_somebody_types() -> None:
    assert [act for act, key in KEYS.items() if not is_fit(key)] == []


def test_no_key_does_two_things_in_one_place() -> None:
    at_pages: dict[str, str] = {}
    for act, key in KEYS.items():
        if act not in ALONE:
            other = at_pages.setdefault(QKeySequence(key).toString(), act)
            assert other == act, f"{key}: {other}, {act}"


@pytest.mark.parametrize(
    "key",
    [
        *("A", "1", "Shift+A", "Space", "，", "", "Ctrl+K, Ctrl+B", "NoSuchKey", "Ctrl+Space", "Shift+Space"),
        *("Return", "Tab", "Shift+Tab", "Backspace", "Left", "Shift+End", "PgDown", "Ctrl+V", "ctrl+c"),
    ],
)
def test_keys_of_typing_are_not_fit(key: str) -> None:
    assert not is_fit(key)


@pytest.mark.parametrize(
    "key", ["F9", "F1", "Shift+F4", "Ctrl+Y", "Ctrl+Shift+V", "Alt+1", "Del", "Esc", "Ctrl+PgUp", "Ctrl++"]
)
def test_keys_beside_typing_are_fit(key: str) -> None:
    assert is_fit(key)


def test_the_hall_s_own_keys_lie_over_the_program_s() -> None:
    own = {"accept": "Ctrl+F12"}
    check_keys(own)
    assert key_map(own)["accept"] == "Ctrl+F12"
    assert key_map(own)["save"] == KEYS["save"]


def test_two_acts_may_change_their_keys(qtbot: QtBot) -> None:
    check_keys({"accept": KEYS["save"], "save": KEYS["accept"]})


@pytest.mark.parametrize(
    "own",
    [
        {"accept": "F1"},  # beside the sign-in, where F1 is a forgotten PIN, nothing is accepted
        {"import_page": "Ctrl+F5", "scan": "F5"},
        {"finish": "F9"},
        {"open_again": "Ctrl+N"},
    ],
)
def test_what_stands_alone_takes_no_key_from_the_pages(own: dict[str, str]) -> None:
    check_keys(own)
    assert {act: key_map(own)[act] for act in own} == own


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"acept": "F12"}, "STORE-156"),
        ({"accept": "A"}, "STORE-157"),
        ({"accept": "Return"}, "STORE-157"),
        ({"accept": "ctrl+l"}, "STORE-157"),
        ({"forgotten": "Ctrl+L"}, "STORE-157"),
        ({"lock": "F1"}, "STORE-157"),
        ({"forgotten": "F5"}, "STORE-157"),
        ({"accept": "Ctrl+F12", "save": "Ctrl+F12"}, "STORE-157"),
    ],
)
def test_own_keys_that_cannot_work_are_refused_and_none_is_taken(own: dict[str, str], code: str) -> None:
    with pytest.raises(StoreError) as caught:
        check_keys(own)
    assert caught.value.code == code
    assert next(iter(own)) in caught.value.title
    assert key_map(own) == KEYS


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["Ctrl+Left", "Ctrl+Right"], "Ctrl ←→"),
        (["Ctrl++", "Ctrl+-", "Ctrl+0"], "Ctrl +/-/0"),
        (["Ctrl+Shift+PgUp", "Ctrl+Shift+PgDown"], "Ctrl+Shift PgUp/PgDown"),
        (["Alt+Up", "Ctrl+Down"], "Alt+↑ / Ctrl+↓"),
        (["F7", "F8"], "F7 / F8"),
        (["Del"], "Del"),
    ],
)
def test_several_keys_are_read_as_one(keys: list[str], words: str) -> None:
    assert keys_words(keys) == words
