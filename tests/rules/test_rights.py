"""Promises about who may do what, and what nobody does alone."""

import pytest

from client.errors import RightsError
from client.rules.rights import NEVER_ALONE, RIGHT_WORDS, RIGHTS, ROLE_WORDS, Right, Role, require, require_second


def test_every_right_is_somebodys_and_has_words() -> None:
    assert set().union(*RIGHTS.values()) == set(Right) == set(RIGHT_WORDS)
    assert set(RIGHTS) == set(Role) == set(ROLE_WORDS)


@pytest.mark.parametrize("right", [Right.MANAGE_STAFF, Right.BACK_UP, Right.RETRY_REFUSED])
def test_a_clerk_has_no_right_beyond_the_counter(right: Right) -> None:
    with pytest.raises(RightsError) as refused:
        require(Role.CLERK, right)
    assert refused.value.code == "STAFF-201"
    assert "窗口人员" in refused.value.title


def test_nobody_voids_alone_nor_with_themselves() -> None:
    for second, role in ((None, None), ("0207", Role.CLERK), ("0208", None)):
        with pytest.raises(RightsError) as refused:
            require_second(Right.VOID, "0207", Role.CLERK, second, role)
        assert refused.value.code == "STAFF-202"
    require_second(Right.VOID, "0207", Role.CLERK, "0208", Role.SUPERVISOR)


def test_an_ordinary_act_needs_no_second_person() -> None:
    require_second(Right.INTAKE, "0207", Role.CLERK, None, None)


def test_the_second_person_needs_the_right_too() -> None:
    assert all(right in RIGHTS[role] for right in NEVER_ALONE for role in Role)
