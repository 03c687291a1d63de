"""Supplying the window with numbers: one refusal does not stand in the way of the rest, an outage ends it in words."""

from collections.abc import Sequence

from client.errors import PlatformError
from client.ports.numbers import Block, BlockRest, BlockWish
from sync.blocks import keep_supplied
from sync.faults import UNREACHABLE, Refused

REFUSED = Refused(problem="other-block", reason="示例原因")
DOWN = PlatformError(UNREACHABLE, host="platform.example")


class Books:
    """What the desk owes and wants, and what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def rests(self) -> Sequence[BlockRest]:
        return [BlockRest("s", key, 3) for key in ("back-1", "back-2")]

    def given_back(self, key: str) -> None:
        self.told.append(key)

    def wishes(self) -> Sequence[BlockWish]:
        return [BlockWish("s", key, "series", 5) for key in ("wish-1", "wish-2")]

    def leased(self, block: Block) -> None:
        self.told.append(block.key)


class Office:
    """A platform that raises these errors for these keys."""

    def __init__(self, **errors: PlatformError) -> None:
        self._errors = {key.replace("_", "-"): error for key, error in errors.items()}

    def lease(self, wish: BlockWish) -> Block:
        self._answer(wish.key)
        return Block(wish.key, wish.series, 1, wish.size)

    def give_back(self, rest: BlockRest) -> None:
        self._answer(rest.key)

    def _answer(self, key: str) -> None:
        if key in self._errors:
            raise self._errors[key]


def test_everything_is_settled() -> None:
    books = Books()
    assert keep_supplied(books, Office()) is None
    assert books.told == ["back-1", "back-2", "wish-1", "wish-2"]


def test_a_refusal_concerns_its_own_block_alone() -> None:
    books = Books()
    assert keep_supplied(books, Office(back_1=REFUSED, wish_1=REFUSED)) is REFUSED
    assert books.told == ["back-2", "wish-2"]


def test_an_outage_ends_it_and_what_went_wrong_first_is_told() -> None:
    books = Books()
    assert keep_supplied(books, Office(back_2=DOWN)) is DOWN
    assert keep_supplied(books, Office(back_1=REFUSED, wish_1=DOWN)) is REFUSED
    assert books.told == ["back-1", "back-2"]
