"""`hub upstream`: what a hall's node took and has not passed on, as whoever stands beside it asks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from client.errors import PlatformError
from client.ports.platform import EventAnswer, Verdict
from sync.hub.relay import _tell_of_line
from sync.hub.relayed import RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.hub.upstream import Standing, standing
from tests.commands.typed import typed
from tests.hub.test_relay import ids, take
from tests.sync.sample import NOW, Window

ABOVE = "http://127.0.0.1:1"


@pytest.fixture
def node(store_url: str) -> Iterator[Store]:
    with closing(Store(store_url)) as store:
        store.prepare()
        store.pass_on_to(ABOVE)
        yield store


@pytest.mark.parametrize("reached", [True, False])
def test_what_has_not_arrived_is_counted_with_its_age_and_what_was_said_last(
    node: Store, store_url: str, tmp_path: Path, *, reached: bool
) -> None:
    outbox = RelayOutbox(node, Shelf(tmp_path / "files"))
    assert standing(store_url, NOW) == Standing(ABOVE, None, 0, 0, 0, None, None)
    late, lost, refused, arrived = events = Window().cases(4)
    take(node, events)
    outbox.answered([EventAnswer(arrived.event_id, Verdict.DUPLICATE, ack="R1", reason="known")], NOW)
    outbox.delay([late.event_id], NOW, "PLAT-105 sign-in")
    outbox.unsettled([lost.event_id])
    outbox.answered([EventAnswer(refused.event_id, Verdict.REFUSED, reason="because")], NOW)
    _tell_of_line(node, reached=reached)
    oldest = min(event.time for event in events[:3])
    found = standing(store_url, oldest + timedelta(minutes=5, seconds=1))
    assert found == Standing(ABOVE, reached, 1, 1, 1, 301, "because")
    assert standing(store_url, oldest - timedelta(hours=1)).oldest == 0


def test_it_is_told_by_command_and_ends_well_only_when_all_has_arrived(
    node: Store, store_url: str, tmp_path: Path
) -> None:
    words = ("hub", "upstream", "--store", store_url)
    idle = typed(*words)
    assert (idle.status, idle.out) == (
        0,
        f"{ABOVE}  还没有与上级平台联系过；待转交 0，结果待核实 0，平台未接收 0\n",
    )
    (event,) = events = Window().cases(1)
    take(node, events)
    outbox = RelayOutbox(node, Shelf(tmp_path / "files"))
    outbox.delay(ids(events), NOW, "平台没有答复")
    _tell_of_line(node, reached=False)
    told = typed(*words)
    head, age, said = told.out.splitlines()
    assert (told.status, head) == (1, f"{ABOVE}  与上级平台不通；待转交 1，结果待核实 0，平台未接收 0")
    assert (age.startswith("最早的一条已等待 "), said) == (True, "平台没有答复")
    outbox.answered([EventAnswer(event.event_id, Verdict.ACCEPTED, ack="R1")], NOW)
    cut = typed(*words, "--json")
    assert (cut.status, cut.document["waiting"], cut.document["reached"]) == (1, 0, False)
    _tell_of_line(node, reached=True)
    assert typed(*words, "--json").status == 0


def test_a_platform_passes_nothing_on(store_url: str) -> None:
    with closing(Store(store_url)) as store:
        store.prepare()
        store.pass_on_to(None)
    told = typed("hub", "upstream", "--store", store_url)
    assert (told.status, told.out) == (0, "这里不是大厅节点，没有要向上转交的\n")
    with pytest.raises(PlatformError):
        standing(f"{store_url}.none" if store_url.startswith("sqlite") else "sqlite:///none.db", NOW)
