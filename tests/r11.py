"""The table of goal R11 for docs/reliability.md, out of what the tests of each device left: `python -m tests.r11`."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build"
HEAD = ("| device | step | what comes of which fault | repeated |", "|---|---|---|---|")

Row = Mapping[str, object]


def rows(folder: Path = BUILD) -> list[Row]:
    """Of each `r11-*.json`, in the order of the files' names. Raises ValueError where one has not its five words."""
    found: list[Row] = [
        row for path in sorted(folder.glob("r11-*.json")) for row in json.loads(path.read_text("utf-8"))
    ]
    for row in found:
        if missing := {"device", "step", "fault", "outcome", "repeated"} - set(row):
            message = f"{row} has no {', '.join(sorted(missing))}"
            raise ValueError(message)
    return found


def table(found: Iterable[Row]) -> Iterator[str]:
    """Lines of Markdown: one for each step of a device, its faults gathered under what came of them."""
    steps: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        steps[str(row["device"]), str(row["step"])].append(row)
    yield from HEAD
    for (device, step), of_it in steps.items():
        faults: dict[str, list[str]] = defaultdict(list)
        for row in of_it:
            faults[str(row["outcome"])].append(str(row["fault"]))
        came = "; ".join(f"{outcome}: {', '.join(names)}" for outcome, names in sorted(faults.items()))
        yield f"| {device} | {step} | {came} | {', '.join(sorted({str(row['repeated']) for row in of_it}))} |"


def main() -> None:
    found = rows()
    sys.stdout.write("".join(f"{line}\n" for line in table(found)))
    sys.stdout.write(f"\n{len(found)} faults at {len({(row['device'], row['step']) for row in found})} steps.\n")


if __name__ == "__main__":
    main()
