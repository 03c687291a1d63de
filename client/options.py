"""The options every command has in common, said once; and how a secret comes out of the file that holds it."""

from pathlib import Path
from typing import Annotated

import typer

from client.errors import Fault, StoreError
from client.text import tr

Profile = Annotated[str, typer.Option("--profile", metavar="DIR|demo", help="Data of one window: a folder, or `demo`.")]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout; an error as one JSON line on stderr.")]
ActingAs = Annotated[
    str | None, typer.Option("--as", metavar="STAFF", help="Who acts (工号); the PIN is in YICHUANG_PIN_FILE.")
]
DEFAULT_PROFILE = "default"

UNREADABLE_SECRET = Fault(
    "STORE-161", tr("读不到 {named_by} 指明的文件"), tr("请核对路径和读取权限；文件内容应为一行 UTF-8 文字")
)


def secret_in(path: Path, named_by: str) -> str:
    """The passphrase, PIN or token that is all of the text in `path`, without the spaces and line ends around it.

    `named_by` is the option or variable that names the file. Raises StoreError; the content is never repeated.
    """
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError(UNREADABLE_SECRET, named_by=named_by) from None
