"""A demo hall on one machine: a platform, a reader and a window, each its own process, and an outage on order.

It only starts, kills and counts: everything is done by the same commands anybody may type.
"""

import json
import os
import platform
import random
import secrets
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from client.console import Console
from client.demo import DEMO_PIN
from client.errors import CaseError, Fault
from client.text import tr

CARDS = ("resident", "resident-rare", "hmt-permit")
LONGEST_CASE = 0.6  # seconds a sample case takes about
PATIENCE = 60.0  # seconds for a process to end by itself
PROGRAM = (sys.executable, "-m", "yichuang")

NOT_OURS = Fault(
    "CASE-401", tr("目录 {out} 里已有别的内容，没有动它"), tr("演示会清空自己的目录；请用 --out 另指定一个空目录")
)
PROCESS_ENDED = Fault(
    "CASE-402", tr("演示的“{what}”进程意外结束"), tr("请查看 {log}；已受理的办件都在本机，可重新运行演示")
)
CASES_LOST = Fault("CASE-403", tr("有 {count} 件已受理的办件丢失"), tr("这是程序的严重缺陷，请保留现场并报告"))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen: so many cases, the platform down while cases `down_from` to `down_to` are taken."""

    cases: int
    down_from: int
    down_to: int

    @classmethod
    def of(cls, cases: int, outage: str) -> "Plan":
        """`outage` is `A-B`, both counted from 1. Raises ValueError."""
        first, _, last = outage.partition("-")
        if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last) <= cases):
            message = tr("应写作 A-B，且 1 ≤ A ≤ B ≤ {cases}").format(cases=cases)
            raise ValueError(message)
        return cls(cases, int(first), int(last))

    @property
    def killed_at(self) -> int:
        """The case in which the window is killed: in the middle of the outage."""
        return (self.down_from + self.down_to + 1) // 2


@dataclass
class Voice:
    """A child process that is told lines and answers lines of JSON."""

    what: str
    process: subprocess.Popen[str]
    log: Path

    def say(self, word: str) -> None:
        if self.process.stdin:
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next line. Raises CaseError when the process ended without one."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise CaseError(PROCESS_ENDED, what=self.what, log=self.log)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Hall:
    """The processes of one run, all of it under `out`."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._secrets = {"YICHUANG_KEY_FILE": out / "key.txt", "YICHUANG_PIN_FILE": out / "pin.txt"}
        self._stack = ExitStack()
        self.hub_url = ""

    def __enter__(self) -> Self:
        """Empty the folder, if an earlier demo left its secrets there; raises CaseError when it is not ours."""
        folders = [self._out / name for name in ("profile", "hub", "papers")]
        earlier = all(path.exists() for path in self._secrets.values())
        if not earlier and any(folder.exists() for folder in folders):
            raise CaseError(NOT_OURS, out=self._out)
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        (self._out / "hub").mkdir(parents=True)
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
    def hub_store(self) -> str:
        return f"sqlite:///{(self._out / 'hub' / 'hub.db').resolve()}"

    def open_hub(self) -> Voice:
        """Start the platform; after an outage at the same address, on the same store."""
        listen = self.hub_url.removeprefix("http://") or "127.0.0.1:0"
        files = str(self._out / "hub" / "files")
        hub = self._start("hub", "hub", "serve", "--listen", listen, "--store", self.hub_store, "--files", files)
        self.hub_url = hub.hear()["url"]
        return hub

    def open_readers(self, kinds: Sequence[str]) -> list[str]:
        """Start simulated readers, all at once; returns their ports."""
        readers = [self._start(f"reader-{kind}", "card", "simulate", "--kind", kind) for kind in kinds]
        return [reader.hear()["port"] for reader in readers]

    def open_window(self, ports: Sequence[str]) -> Voice:
        profile, papers = str(self.profile), str(self._out / "papers")
        asked = [word for port in ports for word in ("--port", port)]
        return self._start(
            "window", "demo-window", "--profile", profile, "--hub", self.hub_url, "--papers", papers, *asked
        )

    def ask(self, *words: str) -> list[dict[str, Any]]:
        """The list a reading command prints."""
        command = [*PROGRAM, *words, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=self._environment(), check=True)  # noqa: S603 - our own program
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    def _start(self, name: str, *words: str) -> Voice:
        log = self._out / f"{name}.log"
        command = [*PROGRAM, *words, "--json"]
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
        return {**os.environ, **{name: str(path) for name, path in self._secrets.items()}}


def run_demo(plan: Plan, out: Path, console: Console) -> dict[str, object]:
    """Take `plan.cases` cases through the outage and the kill, then count; writes and returns the summary."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    with Hall(out) as hall:
        summary = _Run(hall, plan, console).through()
    summary |= {"seconds": round(time.monotonic() - began, 1), "versions": _versions()}
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2), encoding="utf-8")
    return summary


class _Run:
    """One run of a plan in an open hall. `told` are the numbers the window has acknowledged."""

    def __init__(self, hall: Hall, plan: Plan, console: Console) -> None:
        self._hall = hall
        self._plan = plan
        self._console = console
        self._hub = hall.open_hub()
        self._ports = hall.open_readers(CARDS)
        self._window = hall.open_window(self._ports)
        self._told: list[str] = self._window.hear()["accepted"]
        console.progress(tr("演示大厅已开，平台") + f" {hall.hub_url}")

    def through(self) -> dict[str, object]:
        killed = False
        while len(self._told) < self._plan.cases:
            place = len(self._told) + 1
            if place == self._plan.down_from:
                self._hub.kill()
                self._console.progress(tr("—— 平台断开 ——"))
            if place == self._plan.killed_at and not killed:
                killed = True
                self._kill_window()
            else:
                self._take(place)
            if len(self._told) == self._plan.down_to:
                self._hub = self._hall.open_hub()
                self._console.progress(tr("—— 平台恢复 ——"))
        self._window.say("drain")
        drained = self._window.hear()
        return self._count(drained["papers"])

    def _take(self, place: int) -> None:
        self._window.say("next")
        taken = self._window.hear()
        self._told.append(taken["number"])
        sent = tr("待上传（平台断开）") if self._hub.process.poll() is not None else tr("上传中")
        papers = "、".join(taken["papers"])
        self._console.progress(f"{place:>3}  {taken['number']}  {taken['item']}  {papers}  {sent}")

    def _kill_window(self) -> None:
        """Kill the window somewhere inside its next case, and open it again."""
        self._window.say("next")
        time.sleep(random.uniform(0, LONGEST_CASE))  # noqa: S311 - an instant, not a secret
        self._window.kill()
        before = len(self._told)
        self._window = self._hall.open_window(self._ports)
        kept = self._window.hear()["accepted"]
        lost = set(self._told) - set(kept)
        if lost:
            raise CaseError(CASES_LOST, count=len(lost))
        self._told = kept
        self._console.progress(tr("—— 窗口被强行结束后重新打开，已受理") + f" {before} → {len(kept)} ——")
        for place, number in enumerate(kept[before:], before + 1):
            self._console.progress(f"{place:>3}  {number}  {tr('窗口被强行结束前已受理，没有丢失')}")

    def _count(self, papers: int) -> dict[str, object]:
        """Compare what the window holds with what the platform holds."""
        profile = str(self._hall.profile)
        local = {case["number"]: case for case in self._hall.ask("cases", "--profile", profile)}
        platform = self._hall.ask("hub", "cases", "--store", self._hall.hub_store)
        made = Counter(event["case"] for event in self._hall.ask("outbox", "--profile", profile))
        accepted = [number for number, case in local.items() if case["state"] == "accepted"]
        there = Counter(case["number"] for case in platform if case["state"] == "accepted")
        surplus = sum(max(case["events"] - made[case["number"]], 0) for case in platform)
        return {
            "accepted": len(accepted),
            "at_platform": sum(number in there for number in accepted),
            "duplicates": sum(count - 1 for count in there.values()) + surplus,
            "lost": len(set(self._told) | set(accepted)) - sum(number in there for number in accepted),
            "papers": papers,
        }


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


def _versions() -> dict[str, str]:
    return {"yichuang": version("yichuang"), "python": platform.python_version(), "system": platform.platform()}
