"""What the walk over the newest overlooks is found by the sums: an event that was taken long after its neighbours."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from client.errors import PlatformError
from client.ports.agreement import Difference, Gap, OwnBooks
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport
from client.rules.agreement import Held, Range, Sum
from sync.comparing import Comparing
from sync.drain import nothing, one_pass
from sync.hub.cases import list_cases
from sync.hub.node_books import NodeBooks
from sync.hub.relayed import RelayInbox, RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import opened
from sync.platform import HttpPlatform
from sync.recall import FORGOTTEN
from tests.hubs import HubProcess, LocalHub
from tests.sync.books import OutboxBooks, Paper
from tests.sync.desk import DOWN, LOST
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number, sha256

CASES = 5
PAGE = b"page"
MINUTE = timedelta(minutes=1)


class End:
    """A window, or a hall's node, that sends what it has to the platform whenever it is told to."""

    def __init__(self, outbox: Outbox, inbox: Inbox, books: OwnBooks, url: str) -> None:
        self.outbox = outbox
        self._inbox = inbox
        self._books = books
        self._url = url
        self._now = NOW

    def one_pass(self, *, doubt: bool = False, ahead: bool = False) -> DrainReport:
        self._now += MINUTE
        with closing(HttpPlatform(self._url)) as platform:
            comparing = Comparing(self.outbox, self._books, platform, lambda: self._now)
            report = one_pass(
                self.outbox,
                self._inbox,
                platform,
                self._now,
                uniform=lambda low, _: low,
                doubt=doubt,
                ahead=comparing.ahead if ahead else nothing,
            ).report
        assert report.error is None
        return report

    def compare(self) -> int:
        with closing(HttpPlatform(self._url)) as platform:
            return Comparing(self.outbox, self._books, platform, lambda: self._now).make()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HubProcess]:
    folder = tmp_path / "platform"
    folder.mkdir()
    with HubProcess(folder) as made:
        yield made


@pytest.fixture(params=["window", "node"])
def end(request: pytest.FixtureRequest, tmp_path: Path, platform: HubProcess) -> Iterator[End]:
    """With `CASES` to send, each with a page."""
    window, page = Window(), {sha256(PAGE): PAGE}
    events = [window.event(number(serial), files=[PAGE]) for serial in range(CASES)]
    with ExitStack() as stack:
        outbox = stack.enter_context(closing(TestOutbox(contents=page)))
        outbox.put(events)
        if request.param == "window":
            yield End(outbox, TestInbox(), OutboxBooks(outbox), platform.url)
            return
        (tmp_path / "node").mkdir()
        node = stack.enter_context(LocalHub(tmp_path / "node"))
        store = stack.enter_context(opened(node.store_url))
        store.pass_on_to(platform.url)
        End(outbox, TestInbox(), OutboxBooks(outbox), node.url).one_pass()
        yield End(RelayOutbox(store, Shelf(node.files)), RelayInbox(store), NodeBooks(store), platform.url)


def test_an_event_taken_long_after_its_neighbours_is_not_overlooked(
    end: End, platform: HubProcess, tmp_path: Path
) -> None:
    late = end.outbox.due(NOW, 1)[0].event_id
    end.outbox.delay([late], NOW + 2 * MINUTE, "平台正忙")
    end.one_pass()
    assert end.compare() == 0  # what waits here is not lacking there
    with put_back(platform, tmp_path):
        end.one_pass()
        assert len(list_cases(platform.store_url)) == CASES
    end.one_pass(doubt=True)
    assert len(list_cases(platform.store_url)) == CASES - 1, "the walk ends at the newest, which is known"
    assert end.compare() == 1
    assert [event.event_id for event in end.outbox.due(NOW + 5 * MINUTE, 10)] == [late]
    end.one_pass()
    assert end.compare() == 0
    found = platform.cases()
    assert [(case["number"], case["events"]) for case in found] == [(number(serial), 1) for serial in range(CASES)]
    assert all(case["files"] for case in found)


@pytest.mark.parametrize("ahead", [True, False], ids=["compared ahead", "not"])
def test_what_it_lacks_of_a_case_goes_before_what_is_new_of_it(
    platform: HubProcess, tmp_path: Path, *, ahead: bool
) -> None:
    """Behind that it would be refused: a case that was accepted is received no more."""
    window, outbox = Window(), TestOutbox()
    late = window.event(number(0), "received")
    outbox.put([late, *window.cases(CASES, first=1)])
    outbox.delay([late.event_id], NOW + 2 * MINUTE, "平台正忙")
    end = End(outbox, TestInbox(), OutboxBooks(outbox), platform.url)
    end.one_pass()
    with put_back(platform, tmp_path):
        end.one_pass()
    outbox.put([window.event(number(0))])
    report = end.one_pass(doubt=True, ahead=ahead)
    assert (report.sent, report.forgotten) == ((2, 1) if ahead else (1, 0))
    assert end.compare() == (0 if ahead else 1)
    assert end.one_pass().refused == (0 if ahead else 1)
    outbox.close()


@contextmanager
def put_back(platform: HubProcess, folder: Path) -> Iterator[None]:
    """To how it is now, when the block is over."""
    platform.stop()
    shutil.copytree(folder / "platform", folder / "copy")
    platform.start()
    yield
    platform.stop()
    shutil.rmtree(folder / "platform")
    shutil.move(folder / "copy", folder / "platform")
    platform.start()


class Told(Paper):
    """A platform's books, when it is there."""

    down: PlatformError | None = None

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        if self.down is not None:
            raise self.down
        return super().sums(ranges)


@pytest.fixture
def outbox() -> Iterator[TestOutbox]:
    with closing(TestOutbox()) as made:
        events = Window().cases(3)
        made.put(events)
        made.sending([event.event_id for event in events])
        yield made


def all_taken(outbox: TestOutbox) -> list[str]:
    ids = [event.event_id for event in outbox.unknown()]
    outbox._many("UPDATE outbox SET state = 'stored' WHERE id = ?", [(each,) for each in ids])
    return ids


def test_what_the_platform_takes_again_and_still_does_not_hold_is_for_people(outbox: TestOutbox) -> None:
    ids = all_taken(outbox)
    comparing = Comparing(outbox, OutboxBooks(outbox), Told(), lambda: NOW)
    assert (comparing.make(), comparing.owed, comparing.comparison) == (3, True, None)
    assert {str(outbox.row(each)["error"]) for each in ids} == {FORGOTTEN}
    outbox.sending(ids)
    all_taken(outbox)
    assert (comparing.make(), comparing.owed) == (0, False)
    found = comparing.comparison
    assert found is not None
    assert found.at == NOW
    assert found.differences == tuple(
        Difference(number(serial), Gap.NOT_HELD, (each,)) for serial, each in enumerate(ids)
    )
    assert outbox.states() == {"stored": 3}


def test_what_was_forgotten_comes_again_as_often_as_it_is_forgotten(outbox: TestOutbox) -> None:
    ids = all_taken(outbox)
    books, told = OutboxBooks(outbox), Told()
    comparing = Comparing(outbox, books, told, lambda: NOW)
    for _ in range(2):
        comparing.owe()
        assert (comparing.make(), outbox.states()) == (3, {"waiting": 3})
        outbox.sending(ids)
        all_taken(outbox)
        books.whole()
        told.put(*books.cases_by_number.values())
        assert (comparing.make(), comparing.owed) == (0, False)
        told.cases_by_number.clear()


def test_a_comparison_that_broke_off_stays_owed_and_one_that_was_made_is_made_when_it_is_owed_again(
    outbox: TestOutbox,
) -> None:
    all_taken(outbox)
    books, told = OutboxBooks(outbox), Told()
    books.whole()
    told.put(*books.cases_by_number.values())
    told.down = DOWN
    given: list[Sequence[Held]] = []
    comparing = Comparing(outbox, books, told, lambda: NOW, given.append)
    assert (comparing.make(), comparing.owed, comparing.comparison) == (0, True, None)
    told.down = None
    assert (comparing.make(), comparing.comparison is not None) == (0, True)
    told.questions = 0
    assert (comparing.make(), told.questions) == (0, 0)
    told.cases_by_number.popitem()
    comparing.owe()
    assert comparing.comparison is None
    assert comparing.make() == 1
    assert given == []


def test_a_wish_that_comes_while_one_is_made_is_another(outbox: TestOutbox) -> None:
    """A person presses 核对: what is compared already may not have what they want to know."""

    class Pressed(Told):
        def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
            comparing.owe()
            return super().sums(ranges)

    all_taken(outbox)
    books, told = OutboxBooks(outbox), Pressed()
    books.whole()
    told.put(*books.cases_by_number.values())
    comparing = Comparing(outbox, books, told, lambda: NOW)
    assert (comparing.make(), comparing.owed, comparing.comparison) == (0, True, None)


@pytest.mark.parametrize(("lost", "state"), [(2, "waiting"), (3, "stored")])
def test_a_question_whose_answer_is_lost_is_asked_three_times(outbox: TestOutbox, *, lost: int, state: str) -> None:
    all_taken(outbox)
    losing = Losing(lost)
    comparing = Comparing(outbox, OutboxBooks(outbox), losing, lambda: NOW)
    comparing.make()
    assert (outbox.states(), losing.left) == ({state: 3}, 0), "the platform lacks them, and is heard or not"


class Losing(Told):
    """Loses so many answers."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        if self.left:
            self.left -= 1
            raise LOST
        return super().sums(ranges)


def test_what_was_compared_ahead_is_compared_once_more_for_people(outbox: TestOutbox) -> None:
    comparing = Comparing(outbox, OutboxBooks(outbox), Told(), lambda: NOW)
    comparing.make()
    assert not comparing.owed
    comparing.ahead()
    assert comparing.owed
