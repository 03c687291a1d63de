"""One target under atheris: a process of its own, which writes what it found as JSON and goes on after each finding."""

import importlib
import json
import sys
import tempfile
import traceback
from pathlib import Path

import atheris  # only `make fuzz` has it


def main(name: str, seconds: int, found: Path) -> None:
    """Fuzz target `name`; libFuzzer ends the process, so each kind of finding is written the moment it is seen."""
    with atheris.instrument_imports(
        include=["asn1crypto", "client", "devices", "PIL", "printing", "pypdf", "stdnum", "sync", "xml"]
    ):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - imported under the instruments

        target = TARGETS[name]
        for module in target.watched:  # some load late
            importlib.import_module(module)
    findings: dict[str, str] = {}

    def one(data: bytes) -> None:
        try:
            target.take(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
            if where not in findings:
                findings[where] = data.hex()
                found.write_text(json.dumps(findings), encoding="utf-8")

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds()):
            (Path(folder) / str(number)).write_bytes(seed)
        limits = [f"-max_total_time={seconds}", f"-max_len={target.longest}", "-timeout=20", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], folder, *limits, "-print_final_stats=1", f"-artifact_prefix={found.parent}/"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
