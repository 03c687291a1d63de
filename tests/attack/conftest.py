"""What all attacks share: one nursery of windows and one fresh profile, made once."""

from collections.abc import Iterator

import pytest

from tests.attack.nursery import Nursery
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import SEED
from tests.hubs import HubProcess

CASES = 3


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
