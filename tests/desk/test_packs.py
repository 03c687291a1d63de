"""What the platform sends down at this window: in force at once, kept over a restart, refused whole or taken whole."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client.desk import packs
from client.desk.inbox import StoredInbox
from client.errors import DeskError, Fault, RightsError
from client.ports.platform import Change, ChangeKind, ChangePage
from client.rules.items import Item
from client.rules.packs import Pack
from client.sealing.faults import NOT_SIGNED, OTHER_SIGNER
from client.sealing.signed import public_of, sign
from tests.desk.counter import ADMINISTRATOR, CLERK, FOOD, MORNING, Desk

KEY = Ed25519PrivateKey.generate()
HALL = "110101-01"
NOTICE = {"source": "示例", "seen": "2026-01-01", "confirmed": False, "forecast": False, "number": "示例"}
FOOD_NAME = "食品经营许可（新办）"


def signed(number: int, key: Ed25519PrivateKey = KEY, **contents: Any) -> str:
    """Of several the one of the higher number was issued later."""
    pack = Pack.model_validate({"number": number, "issued_at": MORNING + timedelta(days=number), **contents})
    return sign(pack.model_dump_json(exclude_none=True).encode(), key)


def feed(desk: Desk, *tokens: str) -> int:
    changes = [Change(ChangeKind.PACK, f"pack:{n}", {"jws": token}, MORNING) for n, token in enumerate(tokens)]
    return StoredInbox(desk.counter).apply(ChangePage(changes, "1"))


def newer(desk: Desk, version: int = 2, **change: object) -> Item:
    return Item.model_validate({**desk.item(FOOD).model_dump(), "version": version, **change})


def offered(desk: Desk) -> list[tuple[str, int]]:
    return [(item.name, item.version) for item in desk.counter.catalogue.newest()]


def refused(desk: Desk) -> list[str]:
    """What was audited of packs that were not taken."""
    return [subject for _, subject, outcome in desk.audited(packs.TAKE_PACK) if outcome == "refused"]


@pytest.fixture
def pinned(desk: Desk) -> Desk:
    desk.configure(pack_key=str(public_of(KEY)))
    return desk


def test_an_item_that_comes_down_is_offered_at_once_and_the_sample_is_not_any_more(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    assert len(offered(desk)) > 1
    assert feed(desk, signed(1, items=[newer(desk, name="示例新事项")])) == 1
    assert offered(desk) == [("示例新事项", 2)]
    record = desk.record(case_id)
    assert (record.item.name, record.item.version) == (FOOD_NAME, 1)  # pinned: it goes on as it began
    desk.intake.accept(case_id, CLERK)
    desk.reopen()
    packs.renew(desk.counter)
    assert offered(desk) == [("示例新事项", 2)]


def test_the_newest_version_is_offered_until_a_later_pack_withdraws_the_item(desk: Desk) -> None:
    old, new = newer(desk, 2), newer(desk, 3)
    assert feed(desk, signed(1, items=[old]), signed(2, items=[new])) == 2
    assert [version for _, version in offered(desk)] == [3]
    assert feed(desk, signed(3, withdrawn=[old.task_handle_item])) == 1
    assert offered(desk) == []
    assert feed(desk, signed(2, items=[new])) == 0  # a replay brings nothing back
    assert offered(desk) == []
    assert feed(desk, signed(4, items=[new])) == 1
    assert [version for _, version in offered(desk)] == [3]


@pytest.mark.expected_warnings("pack not taken")
def test_a_version_that_is_another_one_is_refused_with_all_that_came_with_it(desk: Desk) -> None:
    feed(desk, signed(1, items=[newer(desk)]))
    other = newer(desk, name="同一版本的另一内容")
    assert feed(desk, signed(2, items=[other, newer(desk, 9)])) == 0
    assert [version for _, version in offered(desk)] == [2]
    assert refused(desk) == ["pack:0"]


def test_a_calendar_and_a_policy_count_from_then_on(desk: Desk) -> None:
    monday = MORNING.date()
    assert desk.counter.calendar.is_working_day(monday)
    holiday = {"name": "示例", "first": str(monday), "last": str(monday)}
    years = [{"year": monday.year, "holidays": [holiday], **NOTICE}]
    assert feed(desk, signed(1, years=years, policy={"idle_lock_minutes": 3, "of_a_newer_platform": True})) == 1
    assert not desk.counter.calendar.is_working_day(monday)
    assert desk.counter.settings.idle_lock_minutes == 3
    assert desk.counter.in_force.policy == {"idle_lock_minutes"}
    assert (
        feed(desk, signed(2, policy={"keep_days": 30})) == 1
    )  # a policy is whole: what it does not name is the file's
    assert (desk.counter.settings.idle_lock_minutes, desk.counter.settings.keep_days) == (10, 30)


def test_what_the_environment_decides_no_policy_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_KEEP_DAYS", "90")
    feed(desk, signed(1, policy={"keep_days": 30}))
    assert desk.counter.settings.keep_days == 90


@pytest.mark.expected_warnings("pack not taken")
@pytest.mark.parametrize(
    "token",
    [
        "not signed",
        None,
        signed(1, policy={"idle_lock_minutes": 0}),
        signed(1, hall="110101-02", policy={"keep_days": 30}),
        sign(b'{"number": 1}', KEY),
        sign(b'{"number": 1, "issued_at": "2026-03-02T09:00:00+08:00", "of_a_newer_platform": 1}', KEY),
    ],
    ids=["no document", "none", "a policy out of range", "another hall's", "not whole", "a newer platform's"],
)
def test_what_cannot_be_used_is_audited_and_the_feed_goes_on(desk: Desk, token: str | None) -> None:
    good = signed(2, policy={"keep_days": 30})
    changes = [Change(ChangeKind.PACK, f"pack:{n}", {"jws": each}, MORNING) for n, each in enumerate((token, good))]
    assert StoredInbox(desk.counter).apply(ChangePage(changes, "1")) == 1
    assert desk.counter.settings.keep_days == 30
    assert desk.counter.settings.idle_lock_minutes == 10
    assert refused(desk) == ["pack:0"]


@pytest.mark.expected_warnings("pack not taken")
def test_where_a_signer_is_pinned_nobody_else_is_believed(pinned: Desk) -> None:
    stranger = signed(1, Ed25519PrivateKey.generate(), policy={"keep_days": 30})
    assert feed(pinned, stranger) == 0
    assert pinned.counter.settings.keep_days == 90
    assert feed(pinned, signed(1, policy={"keep_days": 30})) == 1
    assert pinned.counter.settings.keep_days == 30


def test_a_pack_on_a_stick_counts_as_if_the_network_had_brought_it(pinned: Desk) -> None:
    token = signed(7, hall=HALL, items=[newer(pinned)])
    pack, new = packs.bring(pinned.counter, ADMINISTRATOR, token)
    assert (pack.number, new) == (7, True)
    assert [version for _, version in offered(pinned)] == [2]
    assert packs.bring(pinned.counter, ADMINISTRATOR, token)[1] is False
    assert feed(pinned, token) == 0  # by both roads
    assert (ADMINISTRATOR.staff_no, "pack:7", "done") in pinned.audited(packs.TAKE_PACK)


def caught(desk: Desk, token: str) -> Fault:
    with pytest.raises(DeskError) as error:
        packs.bring(desk.counter, ADMINISTRATOR, token)
    return error.value.fault


def test_a_stick_is_believed_by_its_signature_alone(desk: Desk) -> None:
    token = signed(1, policy={"keep_days": 30})
    assert caught(desk, token) is packs.NO_PACK_KEY
    desk.configure(pack_key=str(public_of(KEY)))
    assert caught(desk, "x") is NOT_SIGNED
    assert caught(desk, signed(1, Ed25519PrivateKey.generate())) is OTHER_SIGNER
    assert caught(desk, signed(1, hall="110101-02")) is packs.OTHER_HALL
    assert caught(desk, sign(b"[]", KEY)) is packs.WRONG_PACK
    with pytest.raises(RightsError):
        packs.bring(desk.counter, CLERK, token)
    assert desk.counter.settings.keep_days == 90


def test_what_was_sent_down_is_listed_with_what_became_of_it(desk: Desk) -> None:
    gone, stays = newer(desk, 2), newer(desk, 3, task_handle_item="X" * 33, name="示例甲")
    feed(desk, signed(1, items=[gone, stays], policy={"keep_days": 30}), signed(2, withdrawn=[gone.task_handle_item]))
    years = [{"year": 2027, "holidays": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-01"}], **NOTICE}]
    feed(desk, signed(3, years=years))
    assert [(each.key, each.words, each.number) for each in packs.list_in_force(desk.counter)] == [
        ("2027", "2027年工作日历", 3),
        (gone.task_handle_item, f"{gone.name} 第2版（不再受理）", 1),
        ("X" * 33, "示例甲 第3版", 1),
        ("", "keep_days=30", 1),
    ]


def test_a_window_that_has_another_platform_forgets_what_the_one_before_sent(desk: Desk) -> None:
    feed(desk, signed(5, items=[newer(desk)], policy={"keep_days": 30}))
    with pytest.raises(RightsError):
        packs.forget(desk.counter, CLERK)
    assert packs.forget(desk.counter, ADMINISTRATOR) == 2
    assert (len(offered(desk)) > 1, desk.counter.settings.keep_days) == (True, 90)
    assert StoredInbox(desk.counter).cursor() == ""
    assert feed(desk, signed(1, policy={"keep_days": 60})) == 1  # issued earlier, by another platform
    assert desk.counter.settings.keep_days == 60
