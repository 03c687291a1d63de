"""Where the data of windows lie, and how a secret comes out of the file that holds it."""

import os
from pathlib import Path

from client.errors import Fault, StoreError
from client.text import tr

PROGRAM = "yichuang"
DEFAULT_PROFILE = "default"
DEMO_PROFILE = "demo"

UNREADABLE_SECRET = Fault(
    "STORE-161", tr("读不到 {named_by} 指明的文件"), tr("请核对路径和读取权限；文件内容应为一行 UTF-8 文字")
)


def data_folder() -> Path:
    """Where the data of this person's windows lie on this system, each in a folder of its own."""
    from platformdirs import user_data_path  # noqa: PLC0415 - most commands name their profile

    return user_data_path(PROGRAM, appauthor=False)


def profile_folder(profile: str) -> Path:
    """The folder of a profile: of the two that have names, or the one that is named by its path."""
    return data_folder() / profile if profile in {DEFAULT_PROFILE, DEMO_PROFILE} else Path(profile)


def named_secret(variable: str) -> str | None:
    """What is in the file a variable names; None when it names none. Raises StoreError."""
    return secret_in(Path(path), variable) if (path := os.environ.get(variable)) else None


def secret_in(path: Path, named_by: str) -> str:
    """The passphrase, PIN or token that is all of the text in `path`, without the spaces and line ends around it.

    `named_by` is the option or variable that names the file. Raises StoreError; the content is never repeated.
    """
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError(UNREADABLE_SECRET, named_by=named_by) from None
