"""A SANE of the tests' own (backends `test` and `pnm`), and stand-ins for the libraries of readers' makers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.scanner.sane_scanner import SaneScanner
from tests.devices import skf_standing_in
from tests.devices.scanning import CHILD
from tests.devices.skf_standing_in import Drawer
from tests.devices.standing_in import Counter, built
from tests.seals.authority import Authority


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


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stand-ins of makers' libraries: sdtapi, termb, and what is wrong with each of the others."""
    folder = tmp_path_factory.mktemp("libraries")
    built("sdtapi.c", folder / "sdtapi.so")
    built("termb.c", folder / "termb.so")
    built("wlt.c", folder / "wlt.so")
    built("sdtapi.c", folder / "older.so", "-DWITHOUT_ADDRESS")
    (folder / "bits.so").write_bytes(b"\x7fELF\x01\x01\x01" + bytes(64))  # an ELF32 header is all that is looked at
    (folder / "text.so").write_text("no library")
    (folder / "torn.so").write_bytes((folder / "sdtapi.so").read_bytes()[:600])
    return folder


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """An empty reader; the children that a test starts find it."""
    monkeypatch.setenv("STANDIN", str(tmp_path))
    return Counter(tmp_path)


@pytest.fixture(scope="session")
def skf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stand-in of an SKF library."""
    return skf_standing_in.library(tmp_path_factory.mktemp("skf"))


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.root()


@pytest.fixture
def drawer(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """Nothing is plugged in; the children that a test starts find it."""
    monkeypatch.setenv("STANDIN", str(tmp_path))
    (tmp_path / "keys").mkdir()
    return Drawer(tmp_path, authority)
