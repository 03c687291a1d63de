"""Which pages whoever sits here has: the rail shows no other."""

from client.rules.rights import Role
from ui.clerk.cases import CasesPage
from ui.clerk.intake.page import IntakePage
from ui.clerk.papers.page import PapersPage
from ui.clerk.seals.page import SealsPage
from ui.clerk.sending import SendingPage
from ui.page import Page
from ui.setup.device_centre import DevicesPage
from ui.setup.settings import SettingsPage
from ui.supervisor.duty import DutyPage

CLERK: tuple[type[Page], ...] = (IntakePage, CasesPage, SendingPage, DevicesPage, SealsPage, PapersPage)
SUPERVISOR: tuple[type[Page], ...] = (*CLERK[:3], DutyPage, *CLERK[3:])
ADMINISTRATOR: tuple[type[Page], ...] = (*SUPERVISOR[:-2], SettingsPage, *SUPERVISOR[-2:])  # nobody's keys move
_OF_ROLE = {Role.CLERK: CLERK, Role.SUPERVISOR: SUPERVISOR, Role.ADMINISTRATOR: ADMINISTRATOR}


def pages_of(role: Role) -> tuple[type[Page], ...]:
    """The pages of that role, in the rail's order."""
    return _OF_ROLE[role]
