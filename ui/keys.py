"""One map of F-keys and Ctrl keys, shown on the buttons. Plain letters are never keys: the input method eats them."""

from collections.abc import Mapping
from types import MappingProxyType

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "read_card": "F2",
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
        "replace_page": "Ctrl+T",
        "delete_page": "Del",
        "undo_delete": "Ctrl+Z",
        "page_earlier": "Ctrl+Left",
        "page_later": "Ctrl+Right",
        "sheet_before": "Ctrl+PgUp",
        "sheet_after": "Ctrl+PgDown",
        "to_pages": "Shift+F6",
        "scan_source": "Shift+F4",
        "scan_mode": "Shift+F5",
        "scan_dpi": "Shift+F7",
        "compared": "Ctrl+H",
        "original_returned": "Ctrl+E",
        "substitute": "Ctrl+D",
        "defer": "Ctrl+O",
        "defective": "Ctrl+Q",
        "copies": "Ctrl+W",
        "seal": "Ctrl+G",
        "reprint": "Ctrl+P",
        "new_case": "Ctrl+N",
        "papers": "F12",
        "print_again": "Ctrl+B",
        "came_out": "Ctrl+J",
        "not_out": "Ctrl+K",
        "issue_slip": "Ctrl+I",
        "search": "Ctrl+F",
        "sync_now": "Ctrl+S",
        "reveal": "Ctrl+M",
        "lock": "Ctrl+L",
        "dismiss": "Esc",
        "page_1": "Ctrl+1",
        "page_2": "Ctrl+2",
        "page_3": "Ctrl+3",
        "page_4": "Ctrl+4",
        "page_5": "Ctrl+5",
    }
)


def key_map(own: Mapping[str, str]) -> Mapping[str, str]:
    """The map with the hall's own keys over it."""
    return MappingProxyType({**KEYS, **own})
