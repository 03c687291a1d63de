"""What can be done with a page, on keys that are heard in its column alone: each with its key, pairs in one place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from client.text import tr
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton

VERBS: Mapping[str, tuple[str, ...]] = MappingProxyType(  # in an order that leaves few gaps in a narrow column
    {
        tr("旋转"): ("rotate",),
        tr("裁边"): ("trim",),
        tr("删除"): ("delete_page",),
        tr("替换"): ("replace_page",),
        tr("撤销"): ("undo",),
        tr("移动"): ("page_earlier", "page_later"),
        tr("缩放"): ("zoom_in", "zoom_out", "fit_width"),
        tr("换材料"): ("slot_above", "slot_below"),
        tr("注明用途"): ("purpose",),
        tr("两面合一"): ("two_sides",),
        tr("翻张"): ("sheet_before", "sheet_after"),
        tr("用原图"): ("take_original",),
    }
)
_PLUS, _PLUS_UNSHIFTED = "Ctrl++", "Ctrl+="  # one key of most keyboards: nobody holds Shift for it
_SIGNS = MappingProxyType({"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"})


class PageVerbs(QWidget):
    """Del, Ctrl+Z and the arrows mean something else where one types: they are keys of `scope` alone.

    `enter` leads into it, from anywhere in the window. A click on what has several keys does the first of its acts
    that can be done.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        scope: QWidget,
        enter: Callable[[], object],
        acts: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        self._acts = acts
        self._possible: frozenset[str] = frozenset()
        self.buttons: dict[tuple[str, ...], KeyButton] = {}
        flow = Flow()
        self.setLayout(flow)
        self._put(flow, ("to_pages",), KeyButton(tr("页面"), keys["to_pages"], enter, look="tight"))
        for words, together in VERBS.items():
            shown = keys_words([keys[act] for act in together])
            press = partial(self._do_first, together)
            self._put(flow, together, KeyButton(words, shown, press, look="tight", heard=False))
        for act in acts:
            self._hear(keys[act], act, scope)
        if keys["zoom_in"] == _PLUS and _PLUS_UNSHIFTED not in keys.values():
            self._hear(_PLUS_UNSHIFTED, "zoom_in", scope)

    @property
    def possible(self) -> frozenset[str]:
        """The acts that can be done now."""
        return self._possible

    def offer(self, acts: Iterable[str]) -> None:
        """Show what can be done now; of the rest nothing is shown, and no key is heard."""
        self._possible = frozenset(acts)
        for together, button in self.buttons.items():
            button.setVisible(not self._possible.isdisjoint(together))

    def do(self, act: str) -> None:
        """What its key does."""
        if act in self._possible:
            self._acts[act]()

    def _do_first(self, acts: Sequence[str]) -> None:
        self.do(next((act for act in acts if act in self._possible), acts[0]))

    def _put(self, flow: Flow, acts: tuple[str, ...], button: KeyButton) -> None:
        self.buttons[acts] = button
        flow.add(button)

    def _hear(self, key: str, act: str, scope: QWidget) -> None:
        pressed = QShortcut(QKeySequence(key), scope, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pressed.activated.connect(partial(self.do, act))
        pressed.activatedAmbiguously.connect(partial(self.do, act))


def keys_words(keys: Sequence[str]) -> str:
    """Several keys as one is read: Ctrl ←→ where they are held with the same one."""
    if len(keys) == 1:
        return keys[0]
    parted = [_parted(key) for key in keys]
    held = {before for before, _ in parted}
    if len(held) > 1 or held == {""}:
        return " / ".join(before + last for before, last in parted)
    lasts = [last for _, last in parted]
    return f"{held.pop()[:-1]} {('' if set(lasts) <= set(_SIGNS.values()) else '/').join(lasts)}"


def _parted(key: str) -> tuple[str, str]:
    """What is held, with its plus, and what is pressed."""
    cut = key.rfind("+", 0, len(key) - 1) + 1
    return key[:cut], _SIGNS.get(key[cut:], key[cut:])
