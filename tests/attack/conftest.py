"""What all attacks share: one nursery of windows and one fresh profile, made once."""

from collections.abc import Iterator

import pytest

from tests.attack.nursery import Nursery
from tests.attack.siege import Fresh


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


@pytest.fixture(scope="session")
def fresh(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    return Fresh.make(nursery, tmp_path_factory.mktemp("fresh"))
