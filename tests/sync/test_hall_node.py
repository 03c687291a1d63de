"""Windows → hall node → platform: the hall works on while the line out of it is cut, and each case arrives once."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from client.desk.inbox import StoredInbox
from client.ports.numbers import BlockWish
from sync.drain import drain
from sync.hub.cases import list_cases, move_case
from sync.hub.numbers import list_series
from sync.platform import HttpPlatform
from tests.conftest import SOAK
from tests.desk.counter import CLERK, Blank, Desk
from tests.hubs import HubProcess
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number, sha256

WINDOWS, CASES = (8, 60) if SOAK else (3, 6)
PATIENCE = 60.0  # seconds: the node waits a while after an outage before it knocks again


@dataclass
class Chain:
    node: HubProcess
    platform: HubProcess


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    for name in ("platform", "node"):
        (tmp_path / name).mkdir()
    with (
        HubProcess(tmp_path / "platform") as platform,
        HubProcess(tmp_path / "node", upstream=platform.url) as node,
    ):
        yield Chain(node, platform)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


class Hand:
    """A window of the hall: it takes cases and sends each at once to the node."""

    def __init__(self, nth: int, node: HubProcess) -> None:
        self._node = node
        self._window = Window(f"urn:yichuang:window:{nth}")
        self.page = f"page of window {nth}".encode() * 900
        self._outbox = TestOutbox(contents={sha256(self.page): self.page})
        self._serials = iter(range(nth * 1000, (nth + 1) * 1000))
        self.numbers: list[str] = []

    def work(self, cases: int) -> None:
        platform = HttpPlatform(self._node.url)
        for serial in [next(self._serials) for _ in range(cases)]:
            case = number(serial)
            self._outbox.put([self._window.event(case, "received", files=[self.page]), self._window.event(case)])
            report = drain(self._outbox, TestInbox(), platform, partial(lambda: NOW))
            assert (report.waiting, report.unknown, report.error) == (0, 0, None)
            self.numbers.append(case)
        platform.close()


def all_at_once(hands: list[Hand], cases: int) -> None:
    threads = [threading.Thread(target=hand.work, args=(cases,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_hall_works_on_while_the_line_is_cut_and_each_case_arrives_once(chain: Chain) -> None:
    hands = [Hand(nth, chain.node) for nth in range(WINDOWS)]
    all_at_once(hands, CASES)
    chain.platform.kill()  # the line out of the hall
    all_at_once(hands, CASES)  # every case is answered for by the node meanwhile
    chain.node.restart()  # and its own death in the outage loses nothing
    all_at_once(hands, CASES)
    assert len(list_cases(chain.platform.store_url)) < WINDOWS * CASES * 3
    chain.platform.start()
    wanted = sorted(case for hand in hands for case in hand.numbers)
    assert len(wanted) == WINDOWS * CASES * 3
    held = chain.platform.cases
    until(lambda: len(held()) == len(wanted) and all(case["state"] == "accepted" for case in held()))
    assert [(case["number"], case["events"]) for case in held()] == [(case, 2) for case in wanted]
    pages = {sha256(hand.page) for hand in hands}
    assert {path.name for path in chain.platform.files.glob("??/*")} == pages
    assert {sha256(path.read_bytes()) for path in chain.platform.files.glob("??/*")} == pages
    assert {str(case["source"]) for case in held()} == {f"urn:yichuang:window:{nth}" for nth in range(WINDOWS)}


def test_numbers_are_leased_by_the_node_itself(chain: Chain) -> None:
    node = HttpPlatform(chain.node.url)
    block = node.lease(BlockWish("urn:yichuang:window:1:epoch", "key", "示市监许受〔2026〕", 10))
    node.close()
    assert (block.first, block.last) == (1, 10)
    assert (len(list_series(chain.node.store_url)), list_series(chain.platform.store_url)) == (1, [])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(Blank.prepare(tmp_path / "blank"), tmp_path / "window")
    yield opened
    opened.close()


def one_pass(desk: Desk, chain: Chain) -> None:
    platform = HttpPlatform(chain.node.url, clock=desk.clock)
    drain(desk.memory.outbox(), StoredInbox(desk.counter), platform, desk.clock)
    platform.close()


def test_a_state_and_a_refusal_of_the_platform_come_down_to_the_window(desk: Desk, chain: Chain) -> None:
    """The platform knows the first case already, as somebody else's: it refuses what the node had answered for."""
    moved, taken = desk.draft(), desk.draft()
    desk.intake.accept(moved, CLERK)
    one_pass(desk, chain)
    until(lambda: len(chain.platform.cases()) == 1)
    desk.intake.accept(taken, CLERK)
    theirs = Window("urn:yichuang:window:other")
    direct = HttpPlatform(chain.platform.url)
    direct.send(
        [theirs.event(str(desk.record(taken).number), "received"), theirs.event(str(desk.record(taken).number))]
    )
    direct.close()
    move_case(chain.platform.store_url, str(desk.record(moved).number), "review")
    one_pass(desk, chain)
    assert desk.memory.outbox().counts().refused == 0

    def told() -> bool:
        one_pass(desk, chain)
        return desk.state(moved) == "review" and desk.memory.outbox().counts().refused == 1

    until(told)
    refused = desk.memory.outbox().entries(settled=False)[0]
    assert (refused.case, refused.ack) == (desk.record(taken).number, None)
    assert refused.last_error
    assert ("platform", desk.record(taken).number, "refused") in desk.audited("event.refused")
