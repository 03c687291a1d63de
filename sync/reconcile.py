"""Window and platform compared by the sums of ranges, narrowed down to the cases that differ.

What is agreed costs a question, however much it is; each case that differs costs as many more as it takes to divide
the days of the window by sixteen until one is left.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import SystemRandom

from client.ports.agreement import Books, Comparison, Difference, Gap, OwnBooks
from client.ports.wires import Wires
from client.rules.agreement import Held, Range
from sync.drain import one_pass
from sync.platform import HttpPlatform

PARTS = 16  # that a range is cut into
MOST = 1000  # differences that are told: who has more of them needs another help than a list
MOST_BEFORE = 20_000  # cases of the disk before that are told at once: memory holds what is known of each


def compare(
    window: OwnBooks, platform: Books, given: Callable[[Sequence[Held]], object] = lambda _before: None
) -> Comparison:
    """Compare all this window had acknowledged, and all the platform has under the window's number.

    `given` hears of the cases the store of before sent, for their numbers must not be given again.
    For whoever alone changes the window's books meanwhile. Raises PlatformError, StoreError.
    """
    agreed = 0
    found: list[Difference] = []
    before: list[Held] = []
    ranges = window.whole()
    while ranges and not _enough(found, before):
        narrower: list[Range] = []
        asked = platform.sums(ranges)  # first: of a platform that knows no sums nothing need be added up here
        for within, ours, theirs in zip(ranges, window.sums(ranges), asked, strict=True):
            if _enough(found, before):
                break
            if ours == theirs:
                agreed += ours.cases
            elif len(split := window.split(within, PARTS)) > 1:
                narrower += split
            else:
                same, differing, of_before = _one_by_one(window, platform, within)
                agreed += same
                found += differing
                before += of_before
        ranges = narrower
    if before:
        given(before)
    return Comparison(
        agreed,
        tuple(sorted(found[:MOST], key=lambda each: each.number)),
        before=tuple(before[:MOST_BEFORE]),
        more=_enough(found, before),
    )


def _enough(found: Sequence[Difference], before: Sequence[Held]) -> bool:
    return len(found) > MOST or len(before) > MOST_BEFORE


def _one_by_one(window: OwnBooks, platform: Books, within: Range) -> tuple[int, list[Difference], list[Held]]:
    """How many cases of a range are the same, what differs about the others, and those of the disk before.

    It ends past the most that is told.
    """
    ours = {held.number: held for held in _all(window, within)}
    same = 0
    found: list[Difference] = []
    before: list[Held] = []
    for theirs in _all(platform, within):
        about = _differences(window, ours.pop(theirs.number, None), theirs)
        if any(each.gap is Gap.UNKNOWN_HERE for each in about) and window.of_another_disk(theirs):
            before.append(theirs)
            about = []
        else:
            same += not about
        found += about
        if _enough(found, before):
            return same, found, before
    for held in ours.values():
        if lacking := _lacking(window, held):
            found.append(Difference(held.number, Gap.NOT_HELD, lacking))
    return same, found, before


def _all(books: Books, within: Range) -> Iterator[Held]:
    after = ""
    while page := books.cases(within, after):
        yield from page
        after = page[-1].number


def _differences(window: OwnBooks, ours: Held | None, theirs: Held) -> list[Difference]:
    """What differs about a case the platform has. An event that is on its way is no difference."""
    number, known = theirs.number, ours.events if ours else frozenset()
    unheard = {fact.event_id for fact in theirs.events - known}
    surplus = unheard - window.on_the_way(sorted(unheard)) if unheard else unheard
    found = {Gap.UNKNOWN_HERE: tuple(sorted(surplus))}
    if ours is None:
        return _those_with(number, found)
    lacking = Held(number, None, None, ours.events - theirs.events, frozenset())
    found[Gap.NOT_HELD] = _lacking(window, lacking)
    if ours.key != theirs.key:
        found[Gap.OTHER_KEY] = (ours.key or "", theirs.key or "")
    if ours.told != theirs.told:
        found[Gap.OTHER_STATE] = (ours.told or "", theirs.told or "")
    if not lacking.events:
        found[Gap.FILE_NOT_HELD] = tuple(sorted(ours.files - theirs.files))
    return _those_with(number, found)


def _those_with(number: str, found: Mapping[Gap, tuple[str, ...]]) -> list[Difference]:
    return [Difference(number, gap, what) for gap, what in found.items() if what]


def _lacking(window: OwnBooks, held: Held) -> tuple[str, ...]:
    """The ids of its events that are not on their way, as the window made them.

    A hall's node holds what it has still to pass on: counted among what is told, it would hide what is lacking.
    """
    ids = [fact.event_id for fact in sorted(held.events, key=lambda fact: fact.sequence)]
    waiting = window.on_the_way(ids) if ids else frozenset()
    return tuple(each for each in ids if each not in waiting)


def ask(wires: Wires, platform: HttpPlatform) -> Comparison:
    """Make a pass, so that nothing differs that was only on its way, and compare. Raises PlatformError, StoreError."""
    outcome = one_pass(wires.outbox, wires.inbox, platform, wires.clock(), uniform=SystemRandom().uniform)
    if outcome.outage is not None:
        raise outcome.outage
    return compare(wires.books, platform, wires.given)
