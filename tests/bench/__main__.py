"""Runs the benchmarks: `make bench` writes build/bench.json and prints a table."""

import json
import sys
from pathlib import Path

from tests.bench import (
    bench_accept,
    bench_batch,
    bench_card,
    bench_growth,
    bench_gui,
    bench_pages,
    bench_papers,
    bench_start,
    bench_sync,
    bench_troubles,
)
from tests.bench.rows import verdict


def main() -> None:
    """Measure every row; exit status 1 when a goal is not met."""
    Path("build").mkdir(exist_ok=True)
    parts = (
        bench_accept,
        bench_sync,
        bench_papers,
        bench_pages,
        bench_start,
        bench_gui,
        bench_batch,
        bench_card,
        bench_troubles,
        bench_growth,
    )
    rows = [row for part in parts for row in part.rows()]
    Path("build/bench.json").write_text(json.dumps({"rows": rows}, ensure_ascii=False, indent=2), encoding="utf-8")
    for row in rows:
        print(f"{row['id']:<4} ours {row['ours']} other {row['other']} {row['unit']}  ratio {row['ratio']}", end="  ")
        print(f"goal {row['goal']}  {verdict(row)}".rstrip())
    sys.exit(1 if any(row["met"] is False for row in rows) else 0)


main()
