"""The pages of a file that is judged on 用印, beside the verdict."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.errors import Cancelled
from client.ports.seals import never
from printing.seals.hand import Seals
from tests.desk.counter import Desk
from tests.seals.hall import SEALS
from tests.ui.listing import shown
from tests.ui.test_seals import OFD_SAMPLE, SEAL_SAMPLE, At, judged
from ui.clerk.seals.page import SealsPage
from ui.seat import Seat


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> Iterator[At]:
    with shown(qtbot, desk, seat, frame, SealsPage(seat)) as found:
        yield found


def test_the_pages_of_a_judged_file_stand_beside_the_verdict(at: At, tmp_path: Path) -> None:
    at.press("part_3")
    view = at.page.verifying.view
    assert "不能证明真伪" in view.told
    judged(at, OFD_SAMPLE)
    at.until(lambda: not view.picture.isNull())
    assert (view.told, view.is_drawing) == ("", False)
    (tmp_path / "seal.esl").write_bytes(SEAL_SAMPLE.read_bytes())
    judged(at, tmp_path / "seal.esl")
    assert "印章有效期" in at.page.verifying.text
    assert view.picture.isNull(), "a seal by itself has no pages, and those of the file before are no longer shown"


def test_a_long_drawing_is_left_off_by_esc(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    left_off = Event()

    class Slow(Seals):
        def preview(self, content: bytes, is_taken_back: Callable[[], bool] = never) -> bytes:
            while content and not is_taken_back():
                pass
            left_off.set()
            raise Cancelled

    slow = replace(seat, house=replace(seat.house, seals=Slow(SEALS.trusted)))
    with shown(qtbot, desk, slow, frame, SealsPage(slow)) as at:
        at.press("part_3")
        at.page.verifying.field.setText(str(OFD_SAMPLE))
        QTest.keyClick(at.page.verifying.field, Qt.Key.Key_Return)
        at.until(lambda: at.page.verifying.view.is_drawing)
        verdict = at.page.verifying.text
        at.press("dismiss")
        assert left_off.wait(5)
        assert "已停止" in at.page.verifying.view.told
        assert at.page.verifying.text == verdict
