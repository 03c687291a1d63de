"""The demo's clerk: presses the keys a clerk presses, at the real window, and reads nothing but the screen's own words.

He goes by what the window tells: where the keyboard is, what was read, what is wanting. So he goes on after a restart
exactly as a person would: from what the window says is still missing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from client.catalogue import Catalogue, Example, load_catalogue
from client.demo import CLERK_NO, DEMO_PIN
from client.demo.ears import Ears, Told
from client.demo.keyboard import Keyboard
from client.errors import CaseError, Fault
from client.rules.identity import APPLICANT_WORDS, ApplicantKind, Capacity
from client.rules.items import ATTENDEE, Item
from client.text import tr

RECEIVE_FIRST = 3  # every third case is taken in (F7) before it is accepted (F9)
TRIES = 60  # steps of one case before the clerk gives up
QUICK = 4.0  # seconds in which a key of the window shows what it did
FILLED = frozenset(
    f"applicant.{name}" for name in ("name", "identifier", "address", "legal_representative", "phone")
)  # what the form takes from the applicant
_ORGANISATION_AGENT = "2"  # the second capacity that is offered for an organisation

STUCK = Fault("CASE-405", tr("演示到第 {place} 件时办不下去"), tr("请查看 {log}；已受理的办件都在本机，可重新运行演示"))


@dataclass(frozen=True, slots=True)
class Taken:
    """One accepted case, as the window told it."""

    number: str
    item: str


class ScreenClerk:
    """Takes sample cases at the window that has the keyboard."""

    def __init__(self, keyboard: Keyboard, ears: Ears, *, flatbed: bool) -> None:
        self._keyboard = keyboard
        self._ears = ears
        self._keys: Mapping[str, str] = ears.wait("keys")["keys"]
        self._flatbed = flatbed  # the scanner has no feeder: say so once, the window remembers
        self._catalogue: Catalogue = load_catalogue()

    def sign_in(self) -> None:
        """Number, Enter, PIN, Enter."""
        self._ears.wait("sign-in")
        self._keyboard.type(CLERK_NO)
        self._press("Enter")
        self._keyboard.type(DEMO_PIN)
        self._press("Enter")
        self._ears.wait("signed-in")
        first = self._ears.wait("page", "items-ready")["event"]  # a key is heard by a page in sight alone
        self._ears.wait("items-ready" if first == "page" else "page")

    def give_place_to(self, number: str) -> None:
        """Lock the window; somebody else of the hall signs in."""
        self._act("lock")
        self._ears.wait("sign-in")
        self._press("Shift+Tab")  # the number of whoever sat here is in its field, the keyboard in that of the PIN
        self._keyboard.type(number)
        self._press("Enter")
        self._keyboard.type(DEMO_PIN)
        self._press("Enter")
        self._ears.wait("page")

    def take(self, place: int, seen: Callable[[], None] | None = None) -> Taken:
        """Take case number `place` (from 1) from card to accepted, on a clear table. Raises CaseError.

        `seen` is called when all is gathered, before it is accepted.
        """
        item = self.item(place)
        self._act("new_case")
        self._ears.forget()
        self._gather_people(item)
        self._choose_item(item)
        self._walk(self._answers(item))
        self._scan_all()
        if seen is not None:
            seen()
        if place % RECEIVE_FIRST == 0:
            self._act("receive")
            self._ears.wait("received")
        return self._accept(place)

    def go_on(self, place: int) -> Taken:
        """Go on with case number `place`, which lies on the table again. Raises CaseError."""
        if not any(told["event"] == "form-built" for told in self._ears.all):
            self._ears.wait("form-built")
        return self._accept(place)

    def settle_print(self, *, came_out: bool) -> None:
        """Say of the print in doubt, of the case in sight, whether it came out; if not, it is printed once more."""
        for _ in range(TRIES):
            self._ears.forget()
            self._act("came_out" if came_out else "not_out")
            try:
                self._ears.wait("print_settled", patience=QUICK)
            except CaseError:
                continue  # the case is still coming
            return
        raise CaseError(STUCK, place=tr("打印"), log=self._ears.log)

    def pages(self) -> Iterator[str]:
        """Bring each page in sight; yields its name once it is there."""
        for act in (f"page_{place}" for place in range(1, 7)):
            self._ears.forget()
            self._act(act)
            try:
                yield str(self._ears.wait("page", patience=QUICK)["name"])
            except CaseError:
                return  # whoever sits here has no more

    def longest_block(self) -> float:
        """Milliseconds the window was not there for a key, at the longest."""
        return max((float(told["longest"]) for told in self._ears.all if told["event"] == "pulse"), default=0.0)

    def item(self, place: int) -> Item:
        items = self._catalogue.newest()
        return items[(place - 1) % len(items)]

    def _gather_people(self, item: Item) -> None:
        self._act("read_card")
        if self._ears.wait("card-read", "error")["event"] == "error":
            self._act("read_card")
            self._ears.wait("card-read")
        self._act("person_matches")
        example = self._catalogue.example(item)
        if example.applicant["kind"] != ApplicantKind.PERSON:
            self._open_people()
            self._go_to("kind")
            self._walk(_people_typed(example))
            self._act("edit_people")

    def _open_people(self) -> None:
        """The key that opens their fields closes those that stand open, as they may after a restart."""
        for _ in range(2):
            self._act("edit_people")
            try:
                told = self._ears.wait("focus", where=_is_of_people, patience=QUICK / 4)
            except CaseError:
                continue
            self._ears.put_back(told)
            return

    def _go_to(self, name: str) -> None:
        """Go back through the fields to that one."""
        for _ in range(TRIES):
            if self._ears.wait("focus")["name"] == name:
                self._ears.put_back({"event": "focus", "name": name, "kind": ""})
                return
            self._press("Shift+Tab")
        raise CaseError(STUCK, place=name, log=self._ears.log)

    def _choose_item(self, item: Item) -> None:
        self._act("find_item")
        self._keyboard.type(_initials(item))
        self._press("Enter")
        self._ears.put_back(self._ears.wait("focus", where=lambda told: str(told["name"]).startswith("situation.")))
        self._walk(self._situations(item))

    def _accept(self, place: int) -> Taken:
        """Press F9 until it is accepted; what the window says is wanting is done first."""
        for _ in range(TRIES):
            self._act("accept")
            told = self._ears.wait("accepted", "wanting", patience=QUICK * 3)
            if told["event"] == "accepted":
                return Taken(str(told["case"]), self.item(place).name)
            self._supply(told, self.item(place))
        raise CaseError(STUCK, place=place, log=self._ears.log)

    def _supply(self, told: Told, item: Item) -> None:
        what = told["what"]
        if what == "people":
            self._gather_people(item)
        elif what == "situations":
            self._act("find_item")
            self._press("Enter")
            self._walk(self._situations(item))
        elif what == "slot":
            self._scan()
        else:
            self._walk(self._from(str(told["field"]), self._answers(item)))

    def _from(self, field: str, answers: Mapping[str, "Answer"]) -> dict[str, "Answer"]:
        """What is still to be typed, from that field on; the keyboard is in it already."""
        paths = list(answers)
        first = next(place for place, path in enumerate(paths) if path == field or path.startswith(f"{field}."))
        is_list = isinstance(answers[paths[first]], list)
        here = {"event": "focus", "name": "" if is_list else paths[first], "kind": ""}
        self._ears.put_back(here)
        return {path: answers[path] for path in paths[first:]}

    def _scan_all(self) -> None:
        """The window goes to the next material that is wanting, as long as one is."""
        while True:
            self._act("next_slot")
            if not self._ears.wait("slot")["wanting"]:
                return
            self._scan()

    def _scan(self) -> None:
        if self._flatbed:
            self._act("scan_source")
            self._flatbed = False
        self._act("scan")
        self._ears.wait("scanned")

    def _walk(self, answers: Mapping[str, "Answer"]) -> None:
        """Answer fields as the keyboard comes to them, Enter after each, until all of `answers` are given."""
        open_still = dict(answers)
        for _ in range(4 * len(answers) + TRIES):
            if not open_still:
                return
            told = self._ears.wait("focus")
            name = str(told["name"])
            if told["kind"] == "_Box":
                self._tick(name, open_still)
                continue
            answer = open_still.pop(name, None)
            if answer is not None:
                self._keyboard.type(str(answer))
            self._press("Enter" if answer is not None or "." in name or name in answers else "Tab")
        raise CaseError(STUCK, place=", ".join(open_still), log=self._ears.log)

    def _tick(self, option: str, open_still: dict[str, "Answer"]) -> None:
        """A box of several: set it when it is wanted, and go on to the next."""
        for path, answer in list(open_still.items()):
            if isinstance(answer, list) and option in answer:
                self._press("Space")
                answer.remove(option)
                if not answer:
                    del open_still[path]
        self._press("Tab")

    def _situations(self, item: Item) -> dict[str, "Answer"]:
        example = self._catalogue.example(item)
        asked: dict[str, Answer] = {
            f"situation.{each.key}": _number([o.key for o in each.options], example.situations[each.key])
            for each in item.situations
            if each.key != ATTENDEE
        }
        ways = [way.key for way in item.collection]
        return {**asked, "situation.#collection": _number(ways, example.collection)}

    def _answers(self, item: Item) -> dict[str, "Answer"]:
        """What is typed into the form; what it fills by itself is passed by. No card tells a phone."""
        example = self._catalogue.example(item)
        is_person = example.applicant["kind"] == ApplicantKind.PERSON
        known = FILLED - {"applicant.phone"} if is_person else FILLED
        return dict(_typed("", item.form, example.answers, known))

    def _act(self, act: str) -> None:
        self._press(self._keys[act])

    def _press(self, *keys: str) -> None:
        self._keyboard.press(*keys)


Answer = str | list[str]


def words_typed() -> list[str]:
    """All that may be typed in a case, as one's keyboard must know it."""
    catalogue = load_catalogue()
    examples = [catalogue.example(item) for item in catalogue.newest()]
    return [str([dict(each.applicant), dict(each.answers)]) for each in examples]


def _typed(
    prefix: str, schema: Mapping[str, Any], answers: Mapping[str, Any], known: frozenset[str]
) -> Iterator[tuple[str, Answer]]:
    for key, part in schema["properties"].items():
        path, answer = f"{prefix}{key}", answers.get(key)
        if answer in (None, "", []) or part.get("x-from") in known:
            continue
        if part.get("type") == "object":
            yield from _typed(f"{path}.", part, answer, known)
        elif part.get("type") == "array" and part["items"].get("type") == "object":
            for place, entry in enumerate(answer):
                yield from _typed(f"{path}.{place}.", part["items"], entry, known)
        elif part.get("type") == "array":
            yield path, list(answer)
        elif "enum" in part:
            yield path, _number(part["enum"], answer)
        else:
            yield path, str(answer)


def _people_typed(example: Example) -> dict[str, Answer]:
    kinds = list(APPLICANT_WORDS)
    applicant = example.applicant
    typed: dict[str, Answer] = {"kind": _number(kinds, ApplicantKind(applicant["kind"] or ""))}
    for name in ("name", "identifier", "phone", "legal_representative", "address"):
        if applicant.get(name):
            typed[f"applicant.{name}"] = str(applicant[name])
    if example.attendee["capacity"] == Capacity.AGENT:
        typed["capacity"] = _ORGANISATION_AGENT
    return typed


def _is_of_people(told: Told) -> bool:
    name = str(told["name"])
    return name in {"kind", "capacity"} or name.startswith(("applicant.", "attendee."))


def _number(options: list[Any], wanted: Any) -> str:  # noqa: ANN401 - any option of a choice
    """A choice is made by the number of its option."""
    return str(options.index(wanted) + 1)


def _initials(item: Item) -> str:
    """The initials by which a clerk finds an item, of its first characters."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - slow to load

    return "".join(lazy_pinyin(item.name[:6], style=Style.FIRST_LETTER))
