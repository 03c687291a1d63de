"""The look: every token that is used exists, every ink can be read, and no colour stands anywhere else."""

import re
from importlib import resources

import pytest

from tests.house.sources import modules, place
from ui.theme.style import style_sheet
from ui.theme.tokens import Theme, Tokens, load_tokens

TEXT = 4.5  # WCAG 2.2, 1.4.3
GROUNDS = ("background", "panel", "field", "brand_ground")
INKS = ("ink", "ink_2", "ink_3")
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, "panel") for ink in ("brand", "good", "warn", "bad")),
    *((ink, "background") for ink in ("brand", "good", "warn", "bad")),
    *((tone, f"{tone}_ground") for tone in ("brand", "good", "warn", "bad")),
    *(("ink", f"{tone}_ground") for tone in ("good", "warn", "bad")),
    ("brand_ink", "brand"),
    ("brand_ink", "brand_off"),
    ("panel", "ink"),  # tool tips
)
LITERAL = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(")


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    darker, lighter = sorted((luminance(ink), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=list(Theme), ids=lambda theme: theme.value)
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return load_tokens(request.param)


def test_the_formula_is_the_standard_s() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_ink_can_be_read_on_its_ground(tokens: Tokens) -> None:
    found = {(ink, ground): contrast(tokens.colour(ink), tokens.colour(ground)) for ink, ground in PAIRS}
    assert {pair: round(value, 2) for pair, value in found.items() if value < TEXT} == {}


def test_a_state_is_told_from_its_panel_without_colour(tokens: Tokens) -> None:
    """Fields and focus must be seen: 3:1 for the focus (WCAG 2.2, 1.4.11)."""
    assert contrast(tokens.colour("brand"), tokens.colour("panel")) >= 3.0


def test_every_token_that_is_used_exists_and_all_themes_have_the_same(tokens: Tokens) -> None:
    assert "@" not in style_sheet(tokens)
    assert set(tokens.colours) == set(load_tokens().colours)
    assert set(load_tokens(large=True).sizes) == set(tokens.sizes)


def test_a_token_nobody_defined_is_refused() -> None:
    light = load_tokens()
    lacking = Tokens({name: value for name, value in light.colours.items() if name != "brand"}, light.sizes)
    with pytest.raises(KeyError, match="brand"):
        style_sheet(lacking)


def test_large_type_is_larger_in_everything() -> None:
    normal, large = load_tokens().sizes, load_tokens(large=True).sizes
    assert all(large[name] > size for name, size in normal.items())


def test_no_colour_stands_outside_the_tokens() -> None:
    sheet = (resources.files("resources") / "theme" / "window.qss").read_text(encoding="utf-8")
    found = [f"window.qss:{number}" for number, line in enumerate(sheet.splitlines(), 1) if LITERAL.search(line)]
    for name, path in modules().items():
        if name.split(".")[0] == "ui":
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            found += [place(path, number) for number, line in lines if LITERAL.search(line)]
    assert found == []


def test_icons_take_their_ink_from_the_tokens() -> None:
    icons = [each for each in (resources.files("resources") / "icons").iterdir() if each.name.endswith(".svg")]
    assert icons
    assert [each.name for each in icons if LITERAL.search(each.read_text(encoding="utf-8"))] == []
