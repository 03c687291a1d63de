"""Blocks of numbers leased from the platform: what the desk wants and gives back, and who hands the blocks out.

Serials count from 1; a block is all of them from its first to its last. The window chooses the key of a lease before
it asks, so that a lost answer is asked for again and leases nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BlockWish:
    """A block the window wants: `size` numbers of `series`, under the key it chose.

    `held`: the highest serial on its books, 0 for none; a platform that was put back does not know what it leased.
    """

    source: str
    key: str
    series: str
    size: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it was leased; it may be smaller than was asked for."""

    key: str
    series: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BlockRest:
    """The unused rest of a block, from serial `first` on: the window gives it back and uses none of it."""

    source: str
    key: str
    first: int
    series: str = ""  # for people; the platform knows the block by its key


class NumberBooks(Protocol):
    """The desk's books of blocks. Every call is committed when it returns."""

    def rests(self) -> Sequence[BlockRest]:
        """What is to be given back and was not yet."""
        ...

    def given_back(self, key: str) -> None:
        """The platform has it; harmless when repeated."""
        ...

    def wishes(self) -> Sequence[BlockWish]:
        """The blocks that are wanted; a wish without answer comes again, with its key."""
        ...

    def leased(self, block: Block) -> None:
        """Enter a block; harmless when repeated. Papers that wait for a number get theirs."""
        ...


class NumberOffice(Protocol):
    """The platform as the keeper of the series. Its methods raise PlatformError."""

    def lease(self, wish: BlockWish) -> Block:
        """The block of that key: a new one, or the one that was leased under it before."""
        ...

    def give_back(self, rest: BlockRest) -> None:
        """Take the rest of a block back; harmless when repeated, or when the platform knows no such block."""
        ...
