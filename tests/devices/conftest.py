"""A SANE of the tests' own: the backends `test` and `pnm`, whatever else is installed or plugged in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.scanner.sane_scanner import SaneScanner
from tests.devices.scanning import CHILD


@pytest.fixture(scope="module")
def sane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("sane.d")
    (folder / "dll.conf").write_text("test\npnm\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANE_CONFIG_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def shared(sane: Path) -> Iterator[SaneScanner]:
    """One scanning process for the tests of a module; each sets it to the device it wants."""
    scanner = SaneScanner("test:0", command=CHILD)
    scanner.check()  # starts the process, before a test looks at which processes it found
    yield scanner
    scanner.close()
