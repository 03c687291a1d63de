"""The demo's clerk at a window that is going to be killed: he says in which part of a case he is."""

from collections.abc import Callable, Mapping

from client.demo.clerk import Answer, ScreenClerk, Taken
from client.demo.ears import Ears
from client.rules.items import Item
from tests.attack.timed_keyboard import TimedKeyboard

SLOW = frozenset({"people", "form"})  # parts of a case that are typed at a person's pace when a kill is aimed at them


class DoomedClerk(ScreenClerk):
    """`reached` hears of each part of the case as it begins."""

    def __init__(self, keyboard: TimedKeyboard, ears: Ears, reached: Callable[[str], None]) -> None:
        super().__init__(keyboard, ears, flatbed=False)
        self._reached = reached

    def begin(self, place: int) -> Taken:
        """A whole case, from a clear table."""
        self._reached("anywhere")
        taken = self.take(place)
        self._reached("print")
        return taken

    def open_case(self, place: int) -> None:
        """A case with its people and its item, on a clear table; nothing else of it."""
        item = self.item(place)
        self._act("new_case")
        self._gather_people(item)
        self._choose_item(item)

    def finish(self, place: int, *, on_the_table: bool) -> Taken:
        """Whatever is left of a case after a death. Raises CaseError when it cannot be finished from there."""
        if not on_the_table:
            self.open_case(place)
        return self._accept(place)

    def scan(self) -> None:
        """The chosen material."""
        self._scan()

    def _gather_people(self, item: Item) -> None:
        self._reached("people")
        super()._gather_people(item)

    def _choose_item(self, item: Item) -> None:
        self._reached("item")
        super()._choose_item(item)

    def _walk(self, answers: Mapping[str, Answer]) -> None:
        if any(path.startswith("situation.") for path in answers):
            self._reached("situations")
        elif "kind" not in answers:
            self._reached("form")
        super()._walk(answers)

    def _scan(self) -> None:
        self._reached("scan")
        super()._scan()

    def _act(self, act: str) -> None:
        if act in {"receive", "accept"}:
            self._reached("decide")
        super()._act(act)
