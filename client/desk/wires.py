"""The desk's side of the line to the platform, put together."""

from functools import partial

from client.desk.before import learn_given
from client.desk.counter import Counter
from client.desk.identity import StoredIdentity
from client.desk.inbox import StoredInbox
from client.desk.leasing import LeasedNumbers
from client.ports.wires import Wires


def wires(counter: Counter) -> Wires:
    """What sending needs of this window."""
    outbox, inbox, settings = counter.memory.outbox(), StoredInbox(counter), counter.settings
    return Wires(
        outbox=outbox,
        inbox=inbox,
        books=counter.books,
        numbers=LeasedNumbers(counter),
        identity=StoredIdentity(counter),
        clock=counter.clock,
        hub_url=settings.hub_url,
        hall=f"{settings.region}-{settings.hall_code}",
        upload_rate=settings.upload_rate,
        hurry=outbox.hurry,
        cut_above=inbox.cut_above,
        given=partial(learn_given, counter),
        compared=lambda drift: counter.memory.compared_clock.heard(drift, counter.clock()),
    )
