"""One map of F-keys and Ctrl keys, shown on the buttons. Plain letters are never keys: the input method eats them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

from client.errors import Fault, StoreError
from client.text import tr

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "read_card": "F2",
        "person_matches": "Shift+F2",
        "edit_people": "Ctrl+F2",
        "find_item": "F3",
        "scan": "F4",
        "import_page": "F5",
        "next_slot": "F6",
        "receive": "F7",
        "save": "F8",
        "accept": "F9",
        "ask_correction": "F10",
        "other_outcomes": "F11",
        "rotate": "Ctrl+R",
        "trim": "Ctrl+K",
        "purpose": "Alt+W",
        "two_sides": "Alt+D",
        "replace_page": "Ctrl+T",
        "delete_page": "Del",
        "undo": "Ctrl+Z",
        "take_original": "Ctrl+Shift+Z",
        "page_earlier": "Ctrl+Left",
        "page_later": "Ctrl+Right",
        "slot_above": "Alt+Up",
        "slot_below": "Alt+Down",
        "sheet_before": "Ctrl+PgUp",
        "sheet_after": "Ctrl+PgDown",
        "to_pages": "Shift+F6",
        "zoom_in": "Ctrl++",
        "zoom_out": "Ctrl+-",
        "fit_width": "Ctrl+0",
        "scan_way": "Shift+F3",
        "scan_source": "Shift+F4",
        "scan_mode": "Shift+F5",
        "scan_dpi": "Shift+F7",
        "take_suggestion": "Ctrl+Down",
        "compared": "Ctrl+H",
        "original_returned": "Ctrl+E",
        "substitute": "Ctrl+D",
        "defer": "Ctrl+O",
        "defective": "Ctrl+Q",
        "copies": "Ctrl+W",
        "seal": "Ctrl+G",
        "seal_by_key": "Ctrl+Shift+G",
        "seal_all": "Alt+G",
        "part_1": "Alt+1",
        "part_2": "Alt+2",
        "part_3": "Alt+3",
        "reprint": "Ctrl+P",
        "new_case": "Ctrl+N",
        "papers": "F12",
        "print_again": "Ctrl+B",
        "came_out": "Ctrl+J",
        "not_out": "Ctrl+Shift+J",
        "issue_slip": "Ctrl+I",
        "issue_paper": "Shift+F12",
        "search": "Ctrl+F",
        "open_case": "Alt+Return",
        "view_paper": "Ctrl+U",
        "void": "Ctrl+Y",
        "sync_now": "Ctrl+S",
        "pause_sync": "Ctrl+Shift+S",
        "retry_refused": "Ctrl+Shift+R",
        "choose_other": "Ctrl+Shift+W",
        "hold_sending": "Ctrl+Shift+H",
        "save_paper": "Ctrl+Shift+D",
        "prove_paper": "Ctrl+Shift+V",
        "export_list": "Ctrl+Shift+E",
        "reconcile": "Ctrl+Shift+K",
        "mend_difference": "Ctrl+Shift+M",
        "back_up": "Ctrl+Shift+B",
        "seek_devices": "Ctrl+Shift+F",
        "take_device": "Ctrl+Shift+A",
        "take_template": "Ctrl+Shift+T",
        "mend_worst": "Shift+F9",
        "day_sheet": "Alt+R",
        "day_before_sheet": "Alt+Y",
        "shift_sheet": "Alt+J",
        "large_papers": "Alt+B",
        "paper_language": "Alt+L",
        "reveal": "Ctrl+M",
        "lock": "Ctrl+L",
        "dismiss": "Esc",
        "cancel": "Shift+Esc",
        "do_here": "Ctrl+Return",
        "finish": "F12",
        "forgotten": "F1",
        "open_again": "F5",
        "page_1": "Ctrl+1",
        "page_2": "Ctrl+2",
        "page_3": "Ctrl+3",
        "page_4": "Ctrl+4",
        "page_5": "Ctrl+5",
        "page_6": "Ctrl+6",
        "page_7": "Ctrl+7",
        "page_8": "Ctrl+8",
    }
)


# Acts of what stands alone in the window (sign-in, first run, a forgotten PIN): no page is in sight beside them.
ALONE = frozenset({"forgotten", "open_again", "finish"})
# And those that are heard there as well as at the pages.
EVERYWHERE = frozenset({"lock", "dismiss", "cancel", "do_here"})

EDITING = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"})  # a field keeps them: an act would be deaf in it
BESIDE_TYPING = re.compile(r"F\d+|Del|Esc")  # the keys that mean no text, and no way through it, even alone

UNKNOWN_ACT = Fault(
    "STORE-156",
    tr("窗口设置的 keys 中有不认识的操作“{act}”"),
    tr("请大厅管理员核对该项的写法，或者删去；更正后按 F5 再打开"),
)
UNFIT_KEY = Fault(
    "STORE-157",
    tr("窗口设置的 keys 中，操作“{act}”不能用按键“{key}”"),
    tr("请大厅管理员改用功能键或带 Ctrl、Alt 的组合键（编辑文字的除外），且不与其他操作相同；更正后按 F5 再打开"),
)


def check_keys(own: Mapping[str, str]) -> None:
    """Raise StoreError when the hall's own keys name an act nobody knows, or a key that would be typed or is taken."""
    keys = {**KEYS, **own}
    for act, key in own.items():
        if act not in KEYS:
            raise StoreError(UNKNOWN_ACT, act=act)
        if not is_fit(key) or any(_same(key, keys[other]) for other in KEYS if _is_beside(act, other)):
            raise StoreError(UNFIT_KEY, act=act, key=key)


def is_fit(key: str) -> bool:
    """Whether `key` is one key that no typing needs: a function key, or one held with Ctrl or Alt.

    Never one that goes through a text, copies or pastes in it, or switches the input method (Ctrl+Space, Shift+Space).
    """
    pressed = QKeySequence(key)
    name = pressed.toString(QKeySequence.SequenceFormat.PortableText)
    if pressed.count() != 1 or name in EDITING or "Space" in name:
        return False
    return name.startswith(("Ctrl+", "Alt+")) or BESIDE_TYPING.fullmatch(name.removeprefix("Shift+")) is not None


def key_map(own: Mapping[str, str]) -> Mapping[str, str]:
    """The map with the hall's own keys over it; of keys that are refused (`check_keys`) none is taken."""
    try:
        check_keys(own)
    except StoreError:  # told when the house is opened: without keys nobody could read it
        return KEYS
    return MappingProxyType({**KEYS, **own})


def _is_beside(act: str, other: str) -> bool:
    """Whether both are heard in one place: what stands alone may have a key of the pages, and they its."""
    return act != other and ((act in ALONE) == (other in ALONE) or not EVERYWHERE.isdisjoint({act, other}))


def _same(key: str, other: str) -> bool:
    return QKeySequence(key) == QKeySequence(other)
