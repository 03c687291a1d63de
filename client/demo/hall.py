"""A demo hall on one machine: platform, reader, scanner, print queue, screen and window, each its own process.

It only starts and kills; what is done at the window is done by keys (`client.demo.clerk`).
"""

import json
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from client.config import write_settings
from client.demo import DEMO_PIN, SAMPLE_SETTINGS
from client.demo.screen import Screen
from client.errors import CaseError, Fault
from client.program import own_program
from client.text import tr

CARDS = ("resident", "resident-rare", "hmt-permit")
PATIENCE = 60.0  # seconds for a process to end by itself
SAMPLE_PAGE = "linn.png"

NOT_OURS = Fault(
    "CASE-401", tr("目录 {out} 里已有别的内容，没有动它"), tr("演示会清空自己的目录；请用 --out 另指定一个空目录")
)
PROCESS_ENDED = Fault(
    "CASE-402", tr("演示的“{what}”进程意外结束"), tr("请查看 {log}；已受理的办件都在本机，可重新运行演示")
)


@dataclass
class Voice:
    """A child process that answers lines of JSON."""

    what: str
    process: subprocess.Popen[str]
    log: Path

    def hear(self) -> Any:  # noqa: ANN401 - any JSON document
        """The next line. Raises CaseError when the process ended without one."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise CaseError(PROCESS_ENDED, what=self.what, log=self.log)
        return json.loads(line)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def lives(self) -> bool:
        return self.process.poll() is None


class Hall:
    """The processes of one run, all of it under `out`. `real` has a real print queue and SANE, else simulators."""

    FOLDERS = ("profile", "hub", "printer", "sane", "screens")

    def __init__(self, out: Path, screen: Screen, *, real: bool) -> None:
        self._out = out
        self._screen = screen
        self._real = real
        self._secrets = {"YICHUANG_KEY_FILE": out / "key.txt", "YICHUANG_PIN_FILE": out / "pin.txt"}
        self._stack = ExitStack()
        self.hub_url = ""

    def __enter__(self) -> Self:
        """Empty the folder, if an earlier demo left its secrets there; raises CaseError when it is not ours."""
        folders = [self._out / name for name in self.FOLDERS]
        earlier = all(path.exists() for path in self._secrets.values())
        if not earlier and any(folder.exists() for folder in folders):
            raise CaseError(NOT_OURS, out=self._out)
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        for folder in folders[:-1]:
            folder.mkdir(parents=True)
        for path, secret in zip(self._secrets.values(), (secrets.token_urlsafe(24), DEMO_PIN), strict=True):
            path.touch(mode=0o600)
            path.write_text(secret, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def profile(self) -> Path:
        return self._out / "profile"

    @property
    def narration(self) -> Path:
        return self._out / "window.jsonl"

    @property
    def hub_store(self) -> str:
        return f"sqlite:///{(self._out / 'hub' / 'hub.db').resolve()}"

    @property
    def sheets(self) -> int:
        """How many sheets came out of the printer."""
        folder = self._out / "printer" / "out" if self._real else self.profile / "printed"
        return len(list(folder.glob("*.pdf")))

    def open_hub(self) -> Voice:
        """Start the platform; after an outage at the same address, on the same store."""
        listen = self.hub_url.removeprefix("http://") or "127.0.0.1:0"
        files = str(self._out / "hub" / "files")
        words = ("--listen", listen, "--store", self.hub_store, "--files", files, "--until-input-ends")
        hub = self._start("hub", "hub", "serve", *words)
        self.hub_url = hub.hear()["url"]
        return hub

    def furnish(self) -> None:
        """Start reader, scanner and printer, write the settings that name them, and seat the people."""
        kinds = [word for kind in CARDS for word in ("--kind", kind)]
        reader = self._start("reader", "card", "simulate", *kinds)
        printer, scanner = "simulated", "simulated?pace=0.3"
        if self._real:
            queue = self._start("printer", "print-simulate", "--dir", str(self._out / "printer"))
            printer, scanner = queue.hear()["uri"], f"sane:pnm:0?filename={quote(str(self._paper_to_scan()), safe='')}"
        hands = {"reader_port": reader.hear()["port"], "scanner": scanner, "printer": printer, "hub_url": self.hub_url}
        calm = {"read_pages": False}  # its clerk takes no suggestions, and a reader would have a processor to itself
        write_settings(self.profile, SAMPLE_SETTINGS.model_copy(update={**hands, **calm}))
        self.ask("demo-people", "--profile", str(self.profile))

    def open_window(self) -> Voice:
        self.narration.write_text("", encoding="utf-8")
        narrate = str(self.narration)
        return self._start("window", "run", "--profile", str(self.profile), "--narrate", narrate, as_json=False)

    def ask(self, *words: str) -> Any:  # noqa: ANN401 - any JSON document
        """What a command prints."""
        command = [*own_program(), *words, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=self._environment(), check=True)  # noqa: S603 - our own program
        return json.loads(done.stdout)

    def _paper_to_scan(self) -> Path:
        """A sample page as the `pnm` backend of SANE lays it on its glass; SANE knows no other device here."""
        from PIL import Image  # noqa: PLC0415 - Pillow loads late

        (self._out / "sane" / "dll.conf").write_text("pnm\n", encoding="utf-8")
        path = (self._out / "sane" / "page.ppm").resolve()
        source = resources.files("resources") / "samples" / "pages" / SAMPLE_PAGE
        with source.open("rb") as file, Image.open(file) as page:
            page.convert("RGB").save(path)
        return path

    def _start(self, name: str, *words: str, as_json: bool = True) -> Voice:
        log = self._out / f"{name}.log"
        command = [*own_program(), *words, *(["--json"] if as_json else [])]
        with log.open("a", encoding="utf-8") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self._environment(),
            )
        self._stack.callback(_end, process)
        return Voice(name, process, log)

    def _environment(self) -> Mapping[str, str]:
        named = {name: str(path) for name, path in self._secrets.items()}
        sane = {"SANE_CONFIG_DIR": str((self._out / "sane").resolve())} if self._real else {}
        return {**self._screen.environment(), **named, **sane}


def _end(process: "subprocess.Popen[str]") -> None:
    """Let a child end by itself when its input does; kill it when it does not."""
    if process.stdin:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
