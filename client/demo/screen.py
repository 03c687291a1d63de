"""A screen where there is none: Xvfb with a window manager, and pictures of what is on it."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

SIZE = (1366, 768)
SMALL = (1093, 614)  # the same screen at 125 %
PATIENCE = 10.0  # seconds for it to come up
AUTHORITY = "XAUTHORITY"  # names the file with the cookie to whoever wants to show something
COOKIE = b"MIT-MAGIC-COOKIE-1"
ANY = 0xFFFF  # FamilyWild of Xauth.h: whichever way and whichever number the display is called by
SCREEN_NAME = tr("虚拟屏幕")
NO_SCREEN = Fault(
    "DEV-401", tr("{device}没有启动（{reason}）"), tr("请安装 .ci/packages 中列出的软件包（xvfb、openbox、xdotool）")
)


class Screen:
    """`with Screen() as screen:` shows at `screen.display` what is opened there; raises DeviceError.

    Only whoever has its cookie may look at it and press keys there: what `environment` says, and nobody else on the
    machine.
    """

    def __init__(self, size: tuple[int, int] = SIZE) -> None:
        self._size = size
        self._stack = ExitStack()
        self.display = ""
        self._authority = Path()

    def __enter__(self) -> Self:
        width, height = self._size
        self._authority = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="screen-"))) / "authority"
        self._authority.touch(mode=0o600)
        self._authority.write_bytes(_cookie(secrets.token_bytes(16)))
        reader, writer = os.pipe()
        words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        words += ["-auth", str(self._authority)]
        try:
            self._start(words, pass_fds=(writer,))
        finally:
            os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            self._stack.close()
            raise _no_screen("Xvfb")
        self.display = f":{number}"
        self._start(["openbox", "--config-file", str(_plain_windows())], env=self.environment())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def environment(self) -> Mapping[str, str]:
        """What a program needs to show itself here."""
        kept = {name: value for name, value in os.environ.items() if name not in {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}}
        return {**kept, "DISPLAY": self.display, AUTHORITY: str(self._authority), "QT_QPA_PLATFORM": "xcb"}

    def shoot(self, path: Path) -> None:
        """Write a picture of the whole screen as PNG."""
        from PIL import ImageGrab  # noqa: PLC0415 - Pillow loads late

        path.parent.mkdir(parents=True, exist_ok=True)
        with _named(self._authority):  # it looks at the screen from inside this process
            ImageGrab.grab(xdisplay=self.display).save(path)

    def _start(self, words: list[str], *, pass_fds: tuple[int, ...] = (), env: Mapping[str, str] | None = None) -> None:
        if shutil.which(words[0]) is None:
            self._stack.close()
            raise _no_screen(words[0])
        process = subprocess.Popen(  # noqa: S603 - a system's program by its name
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=pass_fds,
            env=env,
        )
        self._stack.callback(_end, process)


def _cookie(secret: bytes) -> bytes:
    """One entry of an authority file, as Xau(3) has it: family, then address, number, name and secret, each counted."""
    parts = (b"", b"", COOKIE, secret)
    return ANY.to_bytes(2, "big") + b"".join(len(part).to_bytes(2, "big") + part for part in parts)


@contextmanager
def _named(authority: Path) -> Iterator[None]:
    before = os.environ.get(AUTHORITY)
    os.environ[AUTHORITY] = str(authority)
    try:
        yield
    finally:
        if before is None:
            del os.environ[AUTHORITY]
        else:
            os.environ[AUTHORITY] = before


def _plain_windows() -> Path:
    """Settings of the window manager: no frames, no keys of its own."""
    from importlib import resources  # noqa: PLC0415 - only here

    return Path(str(resources.files("resources"))) / "demo" / "openbox.xml"


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _no_screen(program: str) -> DeviceError:
    return DeviceError(DeviceState.ABSENT, NO_SCREEN, device=SCREEN_NAME, reason=program)
