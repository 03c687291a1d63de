"""What all attacks share: one nursery of windows, one fresh profile, made once, and the table of what came of them."""

from collections.abc import Iterator

import pytest

from tests.attack.nursery import ROOT, Nursery
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import SEED, SOAKING, Tally
from tests.hubs import HubProcess

CASES = 3
TALLY = pytest.StashKey[Tally]()
TOLD = ROOT / "build" / "soak.json"


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """The rows of this run."""
    return pytestconfig.stash.setdefault(TALLY, Tally())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of a soak, also when an attack found something."""
    tally = config.stash.get(TALLY, None)
    if SOAKING and tally is not None:
        for line in tally.table():
            terminalreporter.write_line(line)
        tally.write(TOLD)


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


@pytest.fixture(scope="session")
def fresh(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    return Fresh.make(nursery, tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="session")
def sent_to(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """The platform of `worked`."""
    with HubProcess(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture(scope="session")
def worked(nursery: Nursery, fresh: Fresh, sent_to: HubProcess, tmp_path_factory: pytest.TempPathFactory) -> Siege:
    """A profile after a few cases, all of it sent; to be copied."""
    siege = Siege.lay(nursery, fresh, tmp_path_factory.mktemp("worked"), SEED, sent_to.url)
    window = nursery.start(siege.order)
    window.wait_for("handed over", times=CASES)
    siege.end(window, "ready")
    assert siege.settle(sent_to) == []
    return siege
