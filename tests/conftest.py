"""House rules for every test: no warning unexpected, nothing left running, nothing of the developer's own settings."""

import gc
import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hypothesis
import pytest
import sqlcipher3.dbapi2
import structlog
from sqlalchemy import Engine, create_engine
from xdist.scheduler import LoadFileScheduling

from client.store.wraps import PassphraseWrap
from tests.hub_stores import made_at_once
from tests.measured import as_it_counts, only_ours
from tests.postgres import Postgres, postgres
from tests.watch import Before, LoudLines, complaints

SOAK = "YICHUANG_SOAK" in os.environ

# The same examples each time in the suite; new ones, and more, in a soak.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("soak", deadline=None, database=None, print_blob=True, max_examples=5_000)
hypothesis.settings.load_profile("soak" if SOAK else "house")


HEAVY = ("tests/attack/", "tests/demo/")  # their tests keep a machine busy: one after another, beside the small ones


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expected_warnings(*patterns): log lines of WARNING and above that must come")
    for name in [name for name in os.environ if name.startswith("YICHUANG_") and not name.startswith("YICHUANG_SOAK")]:
        del os.environ[name]


class Rooms(LoadFileScheduling):  # type: ignore[misc] # it has no types of its own
    """A file goes to one worker, for what it prepares; all that is heavy goes to one, in the order of its files."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "heavy" if file.startswith(HEAVY) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Rooms:
    return Rooms(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    with only_ours():
        return (yield)


def pytest_collection_finish() -> None:
    """What the modules of the tests hold stays: no collection looks through it again, and there are many."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with as_it_counts(item):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """The windows of a run share what SQLAlchemy has made of their statements: else each test compiles all it asks."""
    first = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    first.connect().close()  # the dialect asks at its first connection what it talks to

    def engine(*words: Any, **more: Any) -> Engine:
        made = create_engine(*words, **more)
        made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        return made

    with patch("client.store.engine.create_engine", engine):
        yield
    first.dispose()


@pytest.fixture(scope="session", autouse=True)
def _a_passphrase_is_worked_on_once() -> Iterator[None]:
    """It is slow by design, and the windows of a run are copies of a few."""
    with patch.object(PassphraseWrap, "_opener", cache(PassphraseWrap._opener)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _hubs_begin_at_once() -> Iterator[None]:
    with made_at_once():
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One server for all tests that want a database of their own on it."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Postgres) -> str:
    """A store for a hub that nobody has used, on each database in turn."""
    return f"sqlite:///{tmp_path / 'hub.db'}" if request.param == "sqlite" else postgres_server.store()


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    before = Before()
    yield
    if left := before.leftovers():
        pytest.fail(f"left running: {'; '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both kinds of loggers lead to one place, for the time of the test."""
    marks = request.node.iter_markers("expected_warnings")
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    loud = LoudLines()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    structlog.reset_defaults()
    if wrong := complaints(loud.lines, [pattern for mark in marks for pattern in mark.args]):
        pytest.fail("\n".join(["the log of this test:", *wrong]), pytrace=False)
