"""Lines are broken and spread as Chinese printing demands."""

from hypothesis import given
from hypothesis import strategies as st

from printing.papers.fonts import EM
from printing.papers.text import CLOSING, NO_END, NO_START, Line, Span, set_line, set_lines

WORDS = st.text(alphabet="行政许可申请受理，。、；：）》（《“”2026年A-Z 0", min_size=1, max_size=120)
MEASURES = st.integers(min_value=6, max_value=40).map(lambda letters: letters * EM)


def written(lines: list[Line]) -> str:
    return "".join(letter.char for line in lines for letter in line.letters)


def starts(lines: list[Line]) -> list[str]:
    return [line.letters[0].char for line in lines if line.letters]


@given(text=WORDS, measure=MEASURES)
def test_no_letter_is_lost_but_blanks_at_line_ends(text: str, measure: float) -> None:
    assert written(set_lines([Span(text)], measure)).replace(" ", "") == text.replace(" ", "")


@given(text=WORDS, measure=MEASURES)
def test_no_line_is_longer_than_its_measure(text: str, measure: float) -> None:
    assert all(line.width <= measure + 0.01 for line in set_lines([Span(text)], measure, justified=True))


@given(text=st.text(alphabet="行政许可申请受理", min_size=1, max_size=90), measure=MEASURES)
def test_justified_lines_fill_the_measure_but_the_last(text: str, measure: float) -> None:
    *full, last = set_lines([Span(text)], measure, justified=True)
    assert all(abs(line.width - measure) < 0.01 for line in full)
    assert last.gap == 0


def test_a_line_before_a_long_code_stays_short_and_does_not_gape() -> None:
    before, *_ = set_lines([Span("统一社会信用代码91110101MA01A2B32B；")], 14 * EM, justified=True)
    assert (written([before]), before.gap) == ("统一社会信用代码", 0)
    nearer, *_ = set_lines([Span("依据行政许可法第三十二条91110101MA01A2B32B")], 14 * EM, justified=True)
    assert abs(nearer.width - 14 * EM) < 0.01


@given(
    words=st.lists(
        st.sampled_from(["受理", "《许可法》", "（一）", "项，", "申请。", "“材料”、"]), min_size=1, max_size=40
    ),
    measure=MEASURES,
)
def test_marks_stand_at_the_right_end_of_a_line(words: list[str], measure: float) -> None:
    lines = set_lines([Span("".join(words))], measure)
    assert not {line.letters[0].char for line in lines} & NO_START
    assert not {line.letters[-1].char for line in lines} & NO_END


def test_a_number_is_not_torn() -> None:
    lines = set_lines([Span("办件编号为110101-01-07请记住")], 10 * EM)
    assert written(lines[1:2]).startswith("110101-01-07")


def test_a_number_longer_than_the_line_is_torn_rather_than_lost() -> None:
    lines = set_lines([Span("1" * 40)], 6 * EM)
    assert len(lines) > 1
    assert written(lines) == "1" * 40


def test_two_marks_in_a_row_move_together() -> None:
    assert set_line("可）。字").width == set_line("可）字").width + EM / 2
    assert set_line("可（字").width == set_line("可字").width + EM


def test_a_newline_ends_a_line_and_an_empty_text_is_an_empty_line() -> None:
    assert [written([line]) for line in set_lines([Span("一\n二")], 9 * EM)] == ["一", "二"]
    assert [line.letters for line in set_lines([Span("")], 9 * EM)] == [()]


def test_weights_mix_within_a_line() -> None:
    (line,) = set_lines([Span("决定"), Span("受理", bold=True)], 9 * EM)
    assert [letter.bold for letter in line.letters] == [False, False, True, True]


def test_closing_marks_may_hang_their_blank_half_over_the_edge() -> None:
    (line,) = set_lines([Span("申请受理。")], 4.5 * EM)
    assert line.letters[-1].char in CLOSING
    assert line.width == 4.5 * EM
