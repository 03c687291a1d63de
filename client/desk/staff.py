"""Who sits at the window: signing in with a PIN, the lock after wrong tries or idleness, and four eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from client.errors import CaseError, Fault, RightsError
from client.ports.clock import Clock
from client.rules import rights
from client.rules.rights import Right, Role
from client.store import audit, people
from client.store.memory import Memory
from client.store.people import StaffRecord
from client.text import tr

WRONG_TRIES = 5  # GB/T 22239-2019 8.1.4.1: lock on repeated failure
SHORTEST_PIN = 4  # enough with five tries; a hall may ask for more when it enrols its people

WRONG_PIN = Fault("STAFF-101", tr("工号或口令不正确"), tr("请重新输入；还可以试 {left} 次，之后须由大厅管理员解锁"))
LOCKED = Fault(
    "STAFF-102",
    tr("工号 {staff_no} 已锁定"),
    tr("口令连续输错 5 次；请大厅管理员重设口令，没有别的管理员时由系统管理员用 yichuang staff recover 重设"),
)
IDLE = Fault("STAFF-103", tr("窗口已因无人操作锁定"), tr("请输入口令解锁；草稿已保存，解锁后继续"))
NOT_EMPTY = Fault("STAFF-104", tr("本窗口已有人员，不能再建首个管理员"), tr("请由大厅管理员登录后添加人员"))
PIN_TOO_SHORT = Fault("STAFF-105", tr("口令太短"), tr("请设置不少于 {length} 位的口令"))
STAFF_NO_TAKEN = Fault("STAFF-106", tr("工号 {staff_no} 已存在"), tr("请换一个工号，或者为其重设口令"))
NO_STAFF = Fault("STAFF-107", tr("没有工号 {staff_no}"), tr("请核对工号，或请大厅管理员添加"))
NOT_ADMINISTRATOR = Fault(
    "STAFF-110", tr("工号 {staff_no} 不是大厅管理员，口令没有重设"), tr("请大厅管理员登录后为其重设口令")
)
KEEPER = "passphrase"  # in the audit: whoever holds the passphrase of the store, as nobody on the roster


@dataclass(frozen=True, slots=True)
class Staff:
    """A person whose PIN was verified. Made by `Roster.sign_in` alone."""

    staff_no: str
    name: str
    role: Role


class Roster:
    """The people of this window and their local verifiers (Argon2id)."""

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._hasher = PasswordHasher()

    def is_empty(self) -> bool:
        return not self.everyone()

    def everyone(self) -> Sequence[StaffRecord]:
        with self._memory.read() as connection:
            return people.everyone(connection)

    def make_first_administrator(self, staff_no: str, name: str, pin: str) -> Staff:
        """The first start makes the administrator. Raises RightsError when anybody is on the roster."""
        verifier = self._verifier(pin)
        with self._memory.begin() as connection:
            if people.everyone(connection):
                raise RightsError(NOT_EMPTY)
            record = StaffRecord(staff_no, name, Role.ADMINISTRATOR, verifier, 0, locked=False)
            people.add(connection, record, self._clock())
            audit.add(connection, self._clock(), staff_no, "make_first_administrator", staff_no, "done", {})
        return Staff(staff_no, name, Role.ADMINISTRATOR)

    def add(self, by: Staff, staff_no: str, name: str, role: Role, pin: str) -> None:
        """Put a person on the roster."""
        permit(self._memory, self._clock, by, Right.MANAGE_STAFF, staff_no)
        verifier = self._verifier(pin)
        with self._memory.begin() as connection:
            if people.get(connection, staff_no) is not None:
                raise CaseError(STAFF_NO_TAKEN, staff_no=staff_no)
            people.add(connection, StaffRecord(staff_no, name, role, verifier, 0, locked=False), self._clock())
            audit.add(connection, self._clock(), by.staff_no, "add_staff", staff_no, "done", {"role": role.value})

    def reset_pin(self, by: Staff, staff_no: str, pin: str) -> None:
        """Give a person a new PIN; this also unlocks them."""
        permit(self._memory, self._clock, by, Right.MANAGE_STAFF, staff_no)
        verifier = self._verifier(pin)
        with self._memory.begin() as connection:
            if people.get(connection, staff_no) is None:
                raise CaseError(NO_STAFF, staff_no=staff_no)
            people.set_verifier(connection, staff_no, verifier)
            audit.add(connection, self._clock(), by.staff_no, "reset_pin", staff_no, "done", {})

    def recover(self, staff_no: str, pin: str) -> None:
        """Give an administrator a new PIN where no administrator can; the caller was shown the store's passphrase.

        Without it five wrong tries of anybody would lock a window with one administrator for good.
        """
        verifier = self._verifier(pin)
        with self._memory.begin() as connection:
            record = people.get(connection, staff_no)
            if record is None:
                raise CaseError(NO_STAFF, staff_no=staff_no)
            if record.role is not Role.ADMINISTRATOR:
                raise RightsError(NOT_ADMINISTRATOR, staff_no=staff_no)
            people.set_verifier(connection, staff_no, verifier)
            audit.add(connection, self._clock(), KEEPER, "recover_pin", staff_no, "done", {})

    def sign_in(self, staff_no: str, pin: str) -> Staff:
        """Verify a PIN. Raises RightsError; five wrong tries in a row lock the person, and each is audited."""
        with self._memory.read() as connection:
            record = people.get(connection, staff_no)
        if record is None:
            raise self._refuse_stranger(staff_no, pin)
        if record.locked:
            self._note(staff_no, "denied")
            raise RightsError(LOCKED, staff_no=staff_no)
        try:
            self._hasher.verify(record.verifier, pin)
        except VerifyMismatchError:
            left = self._count_wrong_try(record)
            fault = WRONG_PIN if left else LOCKED
            raise RightsError(fault, left=left, staff_no=staff_no) from None
        self._welcome(record)
        return Staff(record.staff_no, record.name, record.role)

    def _welcome(self, record: StaffRecord) -> None:
        with self._memory.begin() as connection:
            if record.wrong_tries:
                people.set_tries(connection, record.staff_no, 0, locked=False)
            audit.add(connection, self._clock(), record.staff_no, "sign_in", record.staff_no, "done", {})

    def _count_wrong_try(self, record: StaffRecord) -> int:
        tries = record.wrong_tries + 1
        with self._memory.begin() as connection:
            people.set_tries(connection, record.staff_no, tries, locked=tries >= WRONG_TRIES)
            audit.add(connection, self._clock(), record.staff_no, "sign_in", record.staff_no, "denied", {})
        return max(WRONG_TRIES - tries, 0)

    def _refuse_stranger(self, staff_no: str, pin: str) -> RightsError:
        """Nobody has this number: refused in the words, the count and the time of a wrong PIN, so it stays unknown."""
        with self._memory.begin() as connection:
            tries = people.denials(connection, "sign_in", staff_no)
            audit.add(connection, self._clock(), staff_no, "sign_in", staff_no, "denied", {})
        left = WRONG_TRIES - 1 - tries
        if left >= 0:
            self._hasher.hash(pin)
        return RightsError(WRONG_PIN if left > 0 else LOCKED, left=left, staff_no=staff_no)

    def _note(self, staff_no: str, outcome: str) -> None:
        with self._memory.begin() as connection:
            audit.add(connection, self._clock(), staff_no, "sign_in", staff_no, outcome, {})

    def _verifier(self, pin: str) -> str:
        if len(pin) < SHORTEST_PIN:
            raise CaseError(PIN_TOO_SHORT, length=SHORTEST_PIN)
        return self._hasher.hash(pin)


class Session:
    """A person at the window, until the window is left idle. Locking touches no case: drafts are on disk."""

    def __init__(self, roster: Roster, staff: Staff, clock: Clock, idle: timedelta) -> None:
        self._roster = roster
        self._staff = staff
        self._clock = clock
        self._idle = idle
        self._last_act = clock()
        self._locked = False

    @property
    def number(self) -> str:
        """The 工号 of whoever sits here, locked or not."""
        return self._staff.staff_no

    @property
    def role(self) -> Role:
        """What they may do here, locked or not."""
        return self._staff.role

    @property
    def locked(self) -> bool:
        return self._locked or self._clock() - self._last_act > self._idle

    def lock(self) -> None:
        self._locked = True

    def staff(self) -> Staff:
        """The person acting now; counts as activity. Raises RightsError when the window is locked."""
        staff = self.present()
        self._last_act = self._clock()
        return staff

    def present(self) -> Staff:
        """Who sits here, for what nobody asked for: it keeps no window from locking. Raises RightsError as `staff`."""
        if self.locked:
            self._locked = True
            raise RightsError(IDLE)
        return self._staff

    def unlock(self, pin: str) -> None:
        """Open the lock with the same person's PIN."""
        self._staff = self._roster.sign_in(self._staff.staff_no, pin)
        self._locked = False
        self._last_act = self._clock()


def permit(memory: Memory, clock: Clock, by: Staff, right: Right, subject: str, second: Staff | None = None) -> None:
    """Raise RightsError unless `by` (with `second`, where the right is never exercised alone) may; audit the denial."""
    try:
        rights.require_second(
            right, by.staff_no, by.role, second.staff_no if second else None, second.role if second else None
        )
    except RightsError:
        with memory.begin() as connection:
            audit.add(connection, clock(), by.staff_no, right.value, subject, "denied", {})
        raise
