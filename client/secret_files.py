"""How a secret comes out of the file that holds it."""

import os
from pathlib import Path
from typing import Final

from client.errors import Fault, StoreError
from client.text import tr

MOST_BYTES: Final = 4096
"""No passphrase, PIN or token comes near; a file that goes on without an end is not waited for."""

KEY_PIN_FILE: Final = "YICHUANG_KEY_PIN_FILE"
"""Of a seal key, beside YICHUANG_PIN_FILE of whoever acts: their PIN sent to a key costs one of its few tries."""

UNREADABLE_SECRET = Fault(
    "STORE-161", tr("读不到 {named_by} 指明的文件"), tr("请核对路径和读取权限；文件内容应为一行 UTF-8 文字")
)


def named_secret(variable: str) -> str | None:
    """What is in the file a variable names; None when it names none. Raises StoreError."""
    return secret_in(Path(path), variable) if (path := os.environ.get(variable)) else None


def secret_in(path: Path, named_by: str) -> str:
    """The passphrase, PIN or token that is all of the text in `path`, without the spaces and line ends around it.

    Nor is the mark that Windows' editors begin UTF-8 with: sent to a key it costs one of the PIN's few tries.

    `named_by` is the option or variable that names the file. Raises StoreError; the content is never repeated.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) <= MOST_BYTES:
            return content.decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        pass  # what was read may stand in the reason
    raise StoreError(UNREADABLE_SECRET, named_by=named_by)
