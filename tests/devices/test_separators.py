"""Sheets that part a batch: ours are found as they are printed and scanned, and no page of a case is taken for one."""

import numpy as np
import pytest
import structlog
from PIL import Image, ImageDraw

from client.errors import CaseError
from client.rules.batches import Cut, SeparatorKind, slot_code
from devices.pages import faults
from devices.pages.hand import Pages
from devices.pages.patch import has_patch_t
from devices.pages.separators import cut_on
from printing.papers.slot_sheets import PATCH_T, patch_sheet, slot_sheets
from tests.devices import drawn
from tests.devices.sheets import printed
from tests.rules.itemdata import item, material

ITEM = item(materials=[material("form"), material("identity")])


def cut(image: Image.Image, kind: SeparatorKind) -> Cut | None:
    return cut_on(drawn.jpeg(image), "page.jpg", kind)


def patched(bars: tuple[float, ...], dpi: int = 150, length: float = 3.0) -> Image.Image:
    """A sheet with these bars (inches) along its upper edge, so long."""
    image = Image.new("L", drawn.SIZE, "white")
    pen, top = ImageDraw.Draw(image), 0.6 * dpi
    for bar in bars:
        pen.rectangle((200, top, 200 + length * dpi, top + bar * dpi - 1), fill=30)
        top += (bar + 0.08) * dpi
    return image.convert("RGB")


@pytest.mark.parametrize("sheet", range(len(ITEM.materials)))
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_our_own_sheet_names_its_material_however_it_lies(sheet: int, turn: int) -> None:
    scanned = drawn.leaning(printed(slot_sheets(ITEM), sheet), 3.0).rotate(turn, expand=True)
    expected = Cut(slot_code(ITEM.task_handle_item, ITEM.materials[sheet].key))
    assert cut(scanned, SeparatorKind.SLOT_SHEET) == expected


def test_a_sheet_scanned_coarsely_is_read() -> None:
    coarse = printed(slot_sheets(ITEM)).resize((620, 877))
    assert cut(coarse, SeparatorKind.SLOT_SHEET) is not None


def test_the_same_item_has_the_same_sheets() -> None:
    assert slot_sheets(ITEM) == slot_sheets(ITEM)


@pytest.mark.parametrize("degrees", [-2.0, 0.0, 2.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_patch_is_found_leaning_and_along_any_edge(degrees: float, turn: int) -> None:
    assert cut(drawn.leaning(printed(patch_sheet()), degrees).rotate(turn, expand=True), SeparatorKind.PATCH_T) == Cut()


@pytest.mark.parametrize("dpi", [75, 100, 300])
def test_the_patch_is_found_at_any_resolution(dpi: int) -> None:
    assert cut(printed(patch_sheet(), dpi=dpi), SeparatorKind.PATCH_T) == Cut()


def test_the_patch_is_found_on_coloured_and_noisy_paper() -> None:
    sheet = np.asarray(printed(patch_sheet())).astype(np.int16)
    noisy = sheet * (0.9, 0.8, 0.7) + np.random.default_rng(1).normal(0, 12, sheet.shape)
    assert cut(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)), SeparatorKind.PATCH_T) == Cut()


def test_other_patches_and_stubs_of_bars_are_none() -> None:
    wide, narrow = max(PATCH_T), min(PATCH_T)
    assert has_patch_t(np.asarray(patched(PATCH_T).convert("L")))
    others = {
        "1": (wide, wide, narrow, narrow),
        "2": (wide, narrow, narrow, wide),
        "3": (wide, narrow, wide, narrow),
        "4": (narrow, wide, wide, narrow),
        "6": (narrow, narrow, wide, wide),
        "three bars": (narrow, wide, narrow),
    }
    for bars in others.values():
        assert cut(patched(bars), SeparatorKind.PATCH_T) is None
    assert cut(patched(PATCH_T, length=0.4), SeparatorKind.PATCH_T) is None
    assert cut(patched(tuple(bar * 2 for bar in PATCH_T)), SeparatorKind.PATCH_T) is None


@pytest.mark.parametrize("extra", ["", "qr", "table", "photo", "seal"])
def test_no_page_of_a_case_is_taken_for_a_separator(extra: str) -> None:
    for kind in (SeparatorKind.SLOT_SHEET, SeparatorKind.PATCH_T):
        assert cut(drawn.page(extra=extra), kind) is None
    assert cut(drawn.page(lines=0), SeparatorKind.PATCH_T) is None


def test_each_kind_sees_its_own_sheets_alone() -> None:
    assert cut(printed(patch_sheet()), SeparatorKind.SLOT_SHEET) is None
    assert cut(printed(slot_sheets(ITEM)), SeparatorKind.PATCH_T) is None
    for kind in (SeparatorKind.NONE, SeparatorKind.EVERY):
        assert cut_on(b"not looked at", "page.jpg", kind) is None


def test_a_library_that_fails_is_told_as_a_page_that_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("devices.pages.separators.cut_on", fail)
    with structlog.testing.capture_logs() as logged, pytest.raises(CaseError) as caught:
        Pages().cut(b"", "page.jpg", SeparatorKind.PATCH_T)
    assert (caught.value.fault, logged[0]["error"]) == (faults.NOT_CLEANED, "RuntimeError")


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_what_does_not_open_is_told(content: bytes) -> None:
    with pytest.raises(CaseError) as caught:
        cut_on(content, "page.jpg", SeparatorKind.PATCH_T)
    assert caught.value.fault is faults.DAMAGED
