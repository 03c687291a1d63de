"""What the platform is told of an act: how the clocks stood when they were compared last, above all in an outage."""

import json
from datetime import datetime, timedelta

from sqlalchemy import select

from client.desk.wires import wires
from client.store.tables import outbox
from tests.desk.counter import CLERK, Desk


def clocks(desk: Desk) -> list[object]:
    with desk.memory.read() as connection:
        return [json.loads(data)["clock"] for data in connection.scalars(select(outbox.c.data))]


def test_an_event_says_how_the_clocks_stood_also_after_a_restart_without_the_platform(desk: Desk) -> None:
    desk.intake.receive(case_id := desk.draft(), CLERK)
    wires(desk.counter).compared(timedelta(minutes=3))
    then = desk.clock()
    desk.reopen()
    desk.clock.move(days=2)
    desk.intake.accept(case_id, CLERK)
    before, after = clocks(desk)
    assert before is None
    assert isinstance(after, dict)
    assert after["ahead_seconds"] == 180
    assert datetime.fromisoformat(after["compared_at"]) == then
