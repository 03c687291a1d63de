"""Who may do what at the window, and what nobody may do alone."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from client.errors import Fault, RightsError
from client.text import tr


class Role(StrEnum):
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {Role.CLERK: tr("窗口人员"), Role.SUPERVISOR: tr("值班长"), Role.ADMINISTRATOR: tr("大厅管理员")}
)


class Right(StrEnum):
    """One thing a person may be allowed to do."""

    INTAKE = "intake"
    APPLY_SEAL = "apply_seal"
    REPRINT = "reprint"
    VOID = "void"
    RETRY_REFUSED = "retry_refused"
    HOLD_SENDING = "hold_sending"
    MANAGE_STAFF = "manage_staff"
    BACK_UP = "back_up"
    RECONCILE = "reconcile"
    KEEP_NUMBERS = "keep_numbers"
    KEEP_RULES = "keep_rules"
    KEEP_SEALS = "keep_seals"


RIGHT_WORDS: Mapping[Right, str] = MappingProxyType(
    {
        Right.INTAKE: tr("收件和受理"),
        Right.APPLY_SEAL: tr("用印登记", "act"),
        Right.REPRINT: tr("补打文书"),
        Right.VOID: tr("作废", "act"),
        Right.RETRY_REFUSED: tr("重新上传平台未接收的办件"),
        Right.HOLD_SENDING: tr("暂不上传或搁置办件"),
        Right.MANAGE_STAFF: tr("管理人员"),
        Right.BACK_UP: tr("备份", "act"),
        Right.RECONCILE: tr("处理核对差异"),
        Right.KEEP_NUMBERS: tr("管理号段和编号"),
        Right.KEEP_RULES: tr("导入事项目录和工作日历"),
        Right.KEEP_SEALS: tr("导入和停用电子印章"),
    }
)

# The administrator of a small hall sits at the window too; 三员分立 comes with the identity provider.
_COUNTER = frozenset({Right.INTAKE, Right.APPLY_SEAL, Right.REPRINT, Right.VOID})
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.CLERK: _COUNTER,
        Role.SUPERVISOR: _COUNTER | {Right.RETRY_REFUSED, Right.HOLD_SENDING, Right.RECONCILE, Right.KEEP_NUMBERS},
        Role.ADMINISTRATOR: frozenset(Right),
    }
)
NEVER_ALONE = frozenset({Right.VOID})

NOT_ALLOWED = Fault(
    "STAFF-201", tr("{role}没有“{right}”的权限"), tr("请由有权限的人员办理，或请大厅管理员调整权限；本次操作已记录")
)
SECOND_PERSON_NEEDED = Fault(
    "STAFF-202", tr("“{right}”须双人复核"), tr("请另一位工作人员在本窗口输入自己的口令复核；不能由本人复核")
)


def require(role: Role, right: Right) -> None:
    """Raise RightsError when `role` has not `right`."""
    if right not in RIGHTS[role]:
        raise RightsError(NOT_ALLOWED, role=ROLE_WORDS[role], right=RIGHT_WORDS[right])


def require_second(right: Right, first: str, first_role: Role, second: str | None, second_role: Role | None) -> None:
    """Four eyes: two different people, both with the right. Numbers are 工号. Raises RightsError."""
    require(first_role, right)
    if right not in NEVER_ALONE:
        return
    if second is None or second_role is None or second == first:
        raise RightsError(SECOND_PERSON_NEEDED, right=RIGHT_WORDS[right])
    require(second_role, right)
