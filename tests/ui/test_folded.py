"""Words that are longer than their column: in lines where they are chosen from, and lists that were not read yet."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.tokens import load_tokens
from ui.widgets.folded import NARROWEST, FoldedRadio
from ui.widgets.keys import KeyButton
from ui.widgets.table import Column, Table

LONG = "食品安全自查、从业人员健康管理、进货查验记录、食品安全事故处置等保证食品安全的规章制度目录清单"


Lay = Callable[[int, str], FoldedRadio]


@pytest.fixture
def column(qtbot: QtBot) -> Lay:
    """A column of that width with one choice in it."""
    windows: list[QWidget] = []

    def laid(width: int, text: str) -> FoldedRadio:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        radio = FoldedRadio(text)
        rows = QVBoxLayout(window)
        rows.addWidget(radio)
        rows.addStretch(1)
        window.resize(width, 300)
        with qtbot.waitExposed(window):
            window.show()
        return radio

    return laid


def inked(image: QImage) -> bool:
    """Whether anything but its ground is on it."""
    ground = image.pixelColor(image.width() - 1, image.height() - 1)
    return any(image.pixelColor(x, y) != ground for x in range(image.width()) for y in range(image.height()))


def test_what_does_not_fit_in_one_line_takes_more_and_stays_whole(column: Lay) -> None:
    short, long = column(300, "材料留窗"), column(300, LONG)
    assert long.height() >= short.height() + 2 * long.fontMetrics().lineSpacing()
    assert (long.text(), long.width()) == (LONG, short.width())
    last_line = long.grab().toImage().copy(40, long.height() - 12, 60, 8)
    assert inked(last_line)


def test_it_is_one_line_where_there_is_room(column: Lay) -> None:
    assert column(1_200, LONG).height() == column(1_200, "材料留窗").height()
    whole = column(300, "材料退还申请人")
    assert whole.heightForWidth(whole.sizeHint().width()) == whole.sizeHint().height()


def test_it_asks_for_no_more_than_the_narrowest_column(column: Lay) -> None:
    assert column(300, LONG).minimumSizeHint().width() == NARROWEST


def test_a_list_says_that_there_is_nothing_only_once_it_was_read(qtbot: QtBot) -> None:
    columns: tuple[Column[str], ...] = (Column("事项", str, 0),)
    table = Table("办件列表", columns, load_tokens(), "没有符合条件的办件")
    qtbot.addWidget(table)
    table.resize(400, 200)
    with qtbot.waitExposed(table):
        table.show()
    assert not inked(table.viewport().grab().toImage())
    table.show_lines([])
    assert inked(table.viewport().grab().toImage())


def test_the_key_is_named_as_it_is_on_the_keyboard(qtbot: QtBot) -> None:
    button = KeyButton("打开", "Alt+Return", lambda: None)
    qtbot.addWidget(button)
    assert button.accessibleDescription() == "Alt+Enter"
