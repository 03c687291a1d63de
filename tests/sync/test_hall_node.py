"""Windows → hall node → platform: the hall works on while the line out of it is cut, and each case arrives once."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from client.desk.exceptions import Choice, Exceptions
from client.desk.inbox import StoredInbox
from client.ports.numbers import BlockRest, BlockWish
from client.ports.outbox import Counts
from sync.drain import drain
from sync.faults import Busy, Refused
from sync.hub.cases import list_cases, move_case, revise_item
from sync.hub.numbers import SeriesRow, list_series
from sync.hub.publishing import Contents, publish
from sync.hub.relayed import RelayInbox, RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import opened
from sync.platform import HttpPlatform
from tests.conftest import SOAK
from tests.desk.counter import CLERK, SUPERVISOR, Blank, Desk
from tests.hubs import FORGETFUL_NODE, SERVE, HubProcess, LocalHub
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number, sha256

WINDOWS, CASES = (8, 60) if SOAK else (3, 6)
PATIENCE = 60.0  # seconds: the node waits a while after an outage before it knocks again


@dataclass
class Chain:
    node: HubProcess
    platform: HubProcess


@contextmanager
def chained(folder: Path, node_program: str = SERVE) -> Iterator[Chain]:
    for name in ("platform", "node"):
        (folder / name).mkdir()
    with (
        HubProcess(folder / "platform") as platform,
        HubProcess(folder / "node", upstream=platform.url, program=node_program) as node,
    ):
        yield Chain(node, platform)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    with chained(tmp_path) as both:
        yield both


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


def an_outage(chain: Chain, hands: list[Hand], cases: int) -> None:
    """The windows take `cases` each before it, in it, and in it after the node has died; then all is passed on."""
    all_at_once(hands, cases)
    chain.platform.kill()  # the line out of the hall
    all_at_once(hands, cases)  # every case is answered for by the node meanwhile
    chain.node.restart()  # and its own death in the outage loses nothing
    all_at_once(hands, cases)
    assert len(list_cases(chain.platform.store_url)) < len(hands) * cases * 3
    chain.platform.start()
    until(lambda: on_the_way(chain.node) == Counts(0, 0, 0, None))


def on_the_way(node: HubProcess | LocalHub) -> Counts:
    """What a node has answered for and not passed on."""
    with opened(node.store_url) as store:
        return RelayOutbox(store, Shelf(node.files)).counts()


def complaints(platform: HubProcess, hands: Sequence[Hand]) -> dict[str, list[str]]:
    """What the platform has not got exactly once of all that the windows were answered for, by kind."""
    held = {str(case["number"]): case for case in platform.cases()}
    wanted = {case: hand for hand in hands for case in hand.numbers}
    whole = [
        case
        for case, hand in wanted.items()
        if case in held and (held[case]["state"], held[case]["events"]) == ("accepted", 2)
    ]
    there = {sha256(path.read_bytes()) for path in platform.files.glob("??/*")}
    found = {
        "lost": [case for case in wanted if case not in held],
        "half or more": [case for case in wanted if case in held and case not in whole],
        "nobody's": [case for case in held if case not in wanted],
        "without its page": [case for case in whole if sha256(wanted[case].page) not in there],
    }
    return {kind: cases for kind, cases in found.items() if cases}


def test_the_hall_works_on_while_the_line_is_cut_and_each_case_arrives_once(chain: Chain) -> None:
    hands = [Hand(nth, chain.node) for nth in range(WINDOWS)]
    an_outage(chain, hands, CASES)
    assert sum(len(hand.numbers) for hand in hands) == WINDOWS * CASES * 3
    assert complaints(chain.platform, hands) == {}
    assert {path.name for path in chain.platform.files.glob("??/*")} == {sha256(hand.page) for hand in hands}
    sources = {str(case["source"]) for case in chain.platform.cases()}
    assert sources == {f"urn:yichuang:window:{nth}" for nth in range(WINDOWS)}


def test_a_platform_put_back_gets_from_the_node_what_it_took_long_after_its_neighbours(
    chain: Chain, tmp_path: Path
) -> None:
    """More cases than are asked after one by one lie before it, and are known."""
    events = Window().cases(31)
    chain.platform.kill()
    with closing(HttpPlatform(chain.node.url)) as node:
        node.send(events)
    put_off(chain.node, events[0].event_id, datetime.now(UTC) + timedelta(minutes=9))
    chain.platform.start()
    until(lambda: len(list_cases(chain.platform.store_url)) == 30)
    chain.platform.stop()
    shutil.copytree(tmp_path / "platform", tmp_path / "copy")
    chain.platform.start()
    put_off(chain.node, events[0].event_id, datetime.now(UTC))
    until(lambda: len(list_cases(chain.platform.store_url)) == 31)
    chain.platform.stop()
    shutil.rmtree(tmp_path / "platform")
    shutil.move(tmp_path / "copy", tmp_path / "platform")
    chain.platform.start()
    until(lambda: len(list_cases(chain.platform.store_url)) == 31)


def put_off(node: HubProcess, event_id: str, moment: datetime) -> None:
    node.stop()
    with opened(node.store_url) as store:
        RelayOutbox(store, Shelf(node.files)).delay([event_id], moment, "平台正忙")
    node.start()


def test_a_node_that_forgets_what_it_answered_for_is_caught(tmp_path: Path) -> None:
    with chained(tmp_path, FORGETFUL_NODE) as chain:
        hands = [Hand(nth, chain.node) for nth in range(2)]
        an_outage(chain, hands, 2)
        assert {case for hand in hands for case in hand.numbers[2:4]} <= set(complaints(chain.platform, hands)["lost"])


SERIES = "示市监许受〔2026〕"


def wish(window: str, key: str) -> BlockWish:
    return BlockWish(f"urn:yichuang:window:{window}:epoch", key, SERIES, 10)


def test_the_halls_of_one_platform_are_leased_each_number_once(chain: Chain, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with (
        HubProcess(tmp_path / "other", upstream=chain.platform.url) as other,
        closing(HttpPlatform(chain.node.url)) as here,
        closing(HttpPlatform(other.url)) as there,
    ):
        blocks = [at.lease(wish(*named)) for at, named in ((here, ("1", "a")), (there, ("2", "b")), (here, ("3", "c")))]
        assert [(block.first, block.last) for block in blocks] == [(1, 10), (11, 20), (21, 30)]
        assert here.lease(wish("1", "a")) == blocks[0]
        with pytest.raises(Refused) as refused:
            there.lease(wish("2", "a"))  # this node knows nothing of that key, the platform does
        assert refused.value.problem == "other-block"
        here.give_back(BlockRest(wish("1", "a").source, "a", 4))
        here.give_back(BlockRest(wish("1", "a").source, "a", 4))
    assert list_series(chain.node.store_url) == [SeriesRow(SERIES, 30, 2, 7)]
    assert list_series(chain.platform.store_url) == [SeriesRow(SERIES, 30, 3, 7)]


def test_without_the_line_a_node_leases_nothing_and_what_it_leased_stands(chain: Chain) -> None:
    with closing(HttpPlatform(chain.node.url)) as node:
        block = node.lease(wish("1", "a"))
        chain.platform.kill()
        assert node.lease(wish("1", "a")) == block  # the answer may have been lost
        rest = BlockRest(wish("1", "a").source, "a", 4)
        for ask in (lambda: node.lease(wish("1", "b")), lambda: node.give_back(rest)):
            with pytest.raises(Busy) as caught:
                ask()
            assert caught.value.retry_after == 60
        chain.platform.start()
        with pytest.raises(Refused) as refused:
            node.lease(wish("2", "a"))
        assert refused.value.problem == "other-block"
        assert node.lease(wish("1", "b")).first == 11
    assert [row.last for row in list_series(chain.node.store_url)] == [20]


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

    def told() -> bool:
        one_pass(desk, chain)
        return desk.state(moved) == "review" and desk.memory.outbox().counts().refused == 1

    until(told)
    refused = desk.memory.outbox().entries(settled=False)[0]
    assert (refused.case, refused.ack) == (desk.record(taken).number, None)
    assert refused.last_error
    assert ("platform", desk.record(taken).number, "refused") in desk.audited("event.refused")


def test_what_the_platform_sends_down_comes_through_the_node_and_a_cut_line_is_told(desk: Desk, chain: Chain) -> None:
    """Nobody asks for it: the node waits at the feed above, and its windows at its own."""
    inbox = StoredInbox(desk.counter)
    one_pass(desk, chain)
    until(lambda: _read(desk, chain) and inbox.cut_above() is None)
    began = time.monotonic()
    publish(chain.platform.store_url, chain.platform.files, Contents(policy={"keep_days": 30}))
    until(lambda: _read(desk, chain) and desk.counter.settings.keep_days == 30)
    assert time.monotonic() - began < 10  # the node's own passes are a minute apart
    chain.platform.kill()
    until(lambda: _read(desk, chain) and inbox.cut_above() is not None)
    chain.platform.start()
    until(lambda: _read(desk, chain) and inbox.cut_above() is None)


def _read(desk: Desk, chain: Chain) -> bool:
    one_pass(desk, chain)
    return True


class Step:
    """A node whose passes are made by hand."""

    def __init__(self, hub: LocalHub, above: LocalHub) -> None:
        self.hub = hub
        self._above = above.url
        with opened(hub.store_url) as store:
            store.pass_on_to(above.url)

    def one_pass(self) -> None:
        platform = HttpPlatform(self._above)
        with opened(self.hub.store_url) as store:
            outbox, inbox = RelayOutbox(store, Shelf(self.hub.files)), RelayInbox(store)
            drain(outbox, inbox, platform, lambda: datetime.now(UTC))
        platform.close()


def test_what_is_refused_above_two_nodes_goes_all_the_way_again_when_people_have_decided(
    desk: Desk, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        for name in ("platform", "far", "near"):
            (tmp_path / name).mkdir()
        platform, far, near = (stack.enter_context(LocalHub(tmp_path / name)) for name in ("platform", "far", "near"))
        steps = [Step(near, far), Step(far, platform)]
        item = desk.item()
        revise_item(platform.store_url, item.task_handle_item, item.version + 1)
        case_id = desk.draft()
        desk.intake.accept(case_id, CLERK)

        def up_and_down() -> None:
            window = HttpPlatform(near.url, clock=desk.clock)
            for one_pass in (*(step.one_pass for step in steps), steps[0].one_pass):
                drain(desk.memory.outbox(), StoredInbox(desk.counter), window, desk.clock)
                one_pass()
            drain(desk.memory.outbox(), StoredInbox(desk.counter), window, desk.clock)
            window.close()

        up_and_down()
        (issue,) = Exceptions(desk.counter).all()
        assert (platform.cases(), issue.choices) == ([], (Choice.KEEP_VERSION,))
        Exceptions(desk.counter).choose(issue.event_id, Choice.KEEP_VERSION, SUPERVISOR)
        up_and_down()
        (case,) = platform.cases()
        assert (case["number"], case["state"], case["events"]) == (desk.record(case_id).number, "accepted", 1)
        assert [on_the_way(step.hub) for step in steps] == [Counts(0, 0, 0, None)] * 2
        assert desk.memory.outbox().counts().refused == 0
