"""The timing rule alone: keys and their times go in, and typing comes out as it went in."""

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_mrz import CARD, PASSPORT
from ui.widgets.burst import ENTER, GAP, REST, SURE, Burst, Scan, Verdict

QUICK = 0.004  # seconds between the keys of a reader


def heard(keys: str, gap: float = QUICK, burst: Burst | None = None) -> tuple[str, Scan | None]:
    """What a person typed of `keys`, and what was scanned at their end."""
    burst = burst or Burst()
    typed, held = "", ""
    for place, key in enumerate(keys):
        if burst.press(key, place * gap) is Verdict.HOLD:
            held += key
            continue
        burst.over()
        typed, held = typed + held, ""
        if key == ENTER or burst.press(key, place * gap) is Verdict.TYPED:
            typed += key
        else:
            held = key
    scan = burst.over()
    return (typed if scan else typed + held), scan


def test_a_zone_that_comes_in_a_burst_is_a_scan() -> None:
    for zone in (PASSPORT, CARD, PASSPORT.replace("\n", ""), f"{CARD}\n"):
        assert heard(zone) == ("", Scan(zone, is_whole=True))


def test_the_same_keys_at_a_persons_pace_are_typing() -> None:
    assert heard(PASSPORT, gap=GAP * 2) == (PASSPORT, None)


@given(
    st.text(alphabet="PACIUTO<0123456789abc好 \n", max_size=30).filter(
        lambda text: len(text) < SURE or text[0] in "abc0"
    )
)
def test_nothing_typed_is_lost_or_out_of_order(text: str) -> None:
    assert heard(text, gap=GAP * 2) == (text, None)
    typed, scan = heard(text)
    assert scan is None or len(scan.text) >= SURE
    if scan is None:
        assert typed == text


@given(st.integers(SURE, len(PASSPORT) - 1))
def test_a_scan_that_breaks_off_is_told_and_not_typed(length: int) -> None:
    typed, scan = heard(PASSPORT[:length])
    assert typed == ""
    assert scan is not None
    assert scan.is_whole == (length >= len(PASSPORT.replace("\n", "")) + 1)


def test_what_belongs_to_no_zone_spoils_it() -> None:
    assert heard(PASSPORT[:20] + "好" + PASSPORT[20:]) == ("", Scan(PASSPORT, is_whole=False))


def test_a_word_is_given_back_with_the_key_that_tells() -> None:
    burst = Burst()
    assert [burst.press(key, 0.0) for key in "PA"] == [Verdict.HOLD, Verdict.HOLD]
    assert burst.press("5", 0.0) is Verdict.TYPED
    assert burst.wait == GAP
    burst.over()
    for place, key in enumerate(PASSPORT[:SURE]):
        burst.press(key, place * QUICK)
    assert (burst.is_sure, burst.wait) == (True, REST)
