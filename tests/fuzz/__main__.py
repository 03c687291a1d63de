"""`make fuzz`: every target in turn for its share of the minutes, and a table at the end, also in build/fuzz.json."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS

OUT = Path("build") / "fuzz"
LATE = 60  # seconds an input under way may still take when its target's time is over


@dataclass(frozen=True)
class Row:
    """What came of one target. `ended` is empty, or how the process broke off: a hang, memory, a crash in C."""

    target: str
    executions: int
    findings: int
    edges: int
    ended: str
    kinds: tuple[str, ...]


def fuzzed(name: str, seconds: int) -> Row:
    found = OUT / f"{name}.json"
    found.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(seconds), str(found)]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=seconds + LATE
    )
    told = done.stderr.decode(errors="replace")
    (OUT / f"{name}.log").write_text(told, encoding="utf-8")
    kinds = tuple(json.loads(found.read_text(encoding="utf-8"))) if found.exists() else ()
    ended = "; ".join(re.findall(r"ERROR: libFuzzer: (.+)", told)) or ("" if done.returncode == 0 else "died")
    return Row(name, _last(r"^#(\d+)\s", told), len(kinds) + bool(ended), _last(r"\bcov: (\d+)", told), ended, kinds)


def _last(pattern: str, told: str) -> int:
    return max((int(each) for each in re.findall(pattern, told, re.MULTILINE)), default=0)


def main(wanted: Sequence[str]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    names = wanted or list(TARGETS)
    seconds = max(1, round(60 * float(os.environ.get("YICHUANG_FUZZ_MINUTES") or 5) / len(names)))
    rows = []
    print(f"{'target':<10}{'executions':>12}{'findings':>10}{'edges':>8}", flush=True)
    for name in names:
        row = fuzzed(name, seconds)
        rows.append(row)
        what = " ".join((*row.kinds, row.ended))
        print(
            f"{name:<10}{row.executions:>12,} executions{row.findings:>4} findings{row.edges:>7} edges  {what}",
            flush=True,
        )
    text = json.dumps({"seconds": seconds, "targets": [asdict(row) for row in rows]}, indent=1)
    (OUT.parent / "fuzz.json").write_text(text, encoding="utf-8")
    return 1 if any(row.findings for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
