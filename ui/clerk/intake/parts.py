"""What the intake page is laid out of: made one after another, so that no key waits for the whole page."""

from collections.abc import Generator
from dataclasses import dataclass

from ui.clerk.intake.acts import ActsBar
from ui.clerk.intake.drafts import DraftsPanel
from ui.clerk.intake.form import FormPanel
from ui.clerk.intake.item import ItemPanel
from ui.clerk.intake.materials import MaterialsPanel
from ui.clerk.intake.middle import Middle
from ui.clerk.intake.pages import PagesPanel
from ui.clerk.intake.people import PeoplePanel
from ui.clerk.intake.right import RightColumn
from ui.clerk.intake.suggested import Suggested
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat


@dataclass(frozen=True, slots=True)
class Parts:
    work: CaseWork
    people: PeoplePanel
    item: ItemPanel
    form: FormPanel
    middle: Middle
    pages: PagesPanel
    right: RightColumn
    bar: ActsBar


def making_parts(seat: Seat) -> Generator[None, None, "Parts"]:
    """A part at each step; the parts at the end."""
    work = CaseWork(seat)
    people = PeoplePanel(seat, work)
    yield
    item, form = ItemPanel(seat, work), FormPanel(seat, work)
    yield
    drafts = DraftsPanel(seat)
    yield
    materials = MaterialsPanel(seat, work)
    yield
    middle = Middle(seat, work, drafts, materials)
    yield
    pages, bar = PagesPanel(seat, work, materials.list), ActsBar(seat)
    yield
    if seat.hands.read is not None:
        Suggested(seat, seat.hands.read, work, people, form, pages)
    return Parts(work, people, item, form, middle, pages, RightColumn(seat, middle, pages), bar)
