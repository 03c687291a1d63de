"""What is to happen in a demo."""

from dataclasses import dataclass

from client.text import tr


@dataclass(frozen=True, slots=True)
class Plan:
    """So many cases, the platform down while cases `down_from` to `down_to` are taken."""

    cases: int
    down_from: int
    down_to: int

    @classmethod
    def of(cls, cases: int, outage: str) -> "Plan":
        """`outage` is `A-B`, both counted from 1. Raises ValueError."""
        first, _, last = outage.partition("-")
        if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last) <= cases):
            message = tr("应写作 A-B，且 1 ≤ A ≤ B ≤ {cases}").format(cases=cases)
            raise ValueError(message)
        return cls(cases, int(first), int(last))

    @property
    def killed_at(self) -> int:
        """The case in which the window is killed: in the middle of the outage."""
        return (self.down_from + self.down_to + 1) // 2
