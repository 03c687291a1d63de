"""Promises of the one state machine: exactly the lawful moves, whatever is tried in whatever order."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.catalogue import load_regimes
from client.errors import CaseError
from client.rules.case import (
    ACT_WORDS,
    MOVES,
    STATE_WORDS,
    Act,
    Actor,
    Standing,
    State,
    lawful_acts,
    move,
)
from client.rules.items import AcceptanceMode, CaseClass, IntakeRegime

REGIMES = load_regimes()
ENDS = {State.ARCHIVED, State.VOIDED}
AFTER_ACCEPTANCE = {
    State.ACCEPTED,
    State.DEEMED_ACCEPTED,
    State.REVIEW,
    State.SPECIAL_PROCEDURE,
    State.SUSPENDED,
    State.DECIDED,
    State.FINISHED,
    State.AWAITING_COLLECTION,
    State.DELIVERED,
    State.ARCHIVED,
    State.TERMINATED,
}


def standing(
    state: State = State.DRAFT,
    regime: IntakeRegime = IntakeRegime.LICENSING_LAW,
    mode: AcceptanceMode = AcceptanceMode.WINDOW,
    case_class: CaseClass = CaseClass.PROMISED,
    **more: object,
) -> Standing:
    return Standing(state, REGIMES[regime], mode, case_class, extendable=True, **more)  # type: ignore[arg-type]  # a test's shorthand


standings = st.builds(
    Standing,
    state=st.just(State.DRAFT),
    regime=st.sampled_from(list(REGIMES.values())),
    acceptance_mode=st.sampled_from(AcceptanceMode),
    case_class=st.sampled_from(CaseClass),
    extendable=st.booleans(),
    open_deferrals=st.integers(0, 2),
)
deeds = st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Actor)), max_size=40)


def live(start: Standing, deeds: Sequence[tuple[Act, Actor]]) -> list[tuple[Act, Actor, Standing]]:
    """Try every deed in turn; the lawful ones, with where each led."""
    history = []
    for act, actor in deeds:
        try:
            start = move(start, act, actor, ground=start.regime.grounds[0].key)
        except CaseError:
            continue
        history.append((act, actor, start))
    return history


@given(standings, deeds)
def test_an_accepted_case_is_never_voided_nor_corrected(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    seen: set[State] = set()
    for act, _, after in live(start, tried):
        if seen & AFTER_ACCEPTANCE:
            assert act not in {Act.VOID, Act.ASK_CORRECTION, Act.TAKE_CORRECTION, Act.NOT_ACCEPT, Act.ACCEPT}
        seen.add(after.state)


@given(standings, deeds)
def test_correction_is_asked_for_at_most_once(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    history = live(start, tried)
    assert sum(act is Act.ASK_CORRECTION for act, _, _ in history) <= 1
    assert sum(act is Act.EXTEND for act, _, _ in history) <= 1


@given(standings, deeds)
def test_nothing_happens_after_the_end(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    states = [after.state for _, _, after in live(start, tried)]
    for state in states[:-1]:
        assert state not in ENDS


@given(standings, deeds)
def test_the_window_never_accepts_for_the_department(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    if start.acceptance_mode is AcceptanceMode.DEPARTMENT:
        for act, actor, _ in live(start, tried):
            assert (act, actor) not in {(Act.ACCEPT, Actor.WINDOW), (Act.NOT_ACCEPT, Actor.WINDOW)}


@given(standings, deeds)
def test_only_a_silent_clock_deems_and_only_where_the_law_says_so(
    start: Standing, tried: list[tuple[Act, Actor]]
) -> None:
    for act, actor, after in live(start, tried):
        if after.state is State.DEEMED_ACCEPTED and act is Act.DEEM_ACCEPTED:
            assert actor is Actor.CALENDAR
            assert start.regime.deems_acceptance


@given(standings, deeds)
def test_lawful_acts_says_exactly_what_move_allows(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    history = live(start, tried)
    here = history[-1][2] if history else start
    for actor in Actor:
        allowed = lawful_acts(here, actor)
        for act in Act:
            ground = here.regime.grounds[0].key
            try:
                move(here, act, actor, ground=ground)
            except CaseError:
                assert act not in allowed
            else:
                assert act in allowed


@given(standings, deeds)
def test_no_decision_while_a_deferred_material_is_missing(start: Standing, tried: list[tuple[Act, Actor]]) -> None:
    if start.open_deferrals:
        assert all(after.state is not State.DECIDED for _, _, after in live(start, tried))


def test_every_state_has_a_word_and_can_be_reached() -> None:
    reached = {State.DRAFT} | {m.to for m in MOVES.values() if m.to}
    assert reached == set(State) == set(STATE_WORDS)
    assert set(ACT_WORDS) == set(Act) == set(MOVES)


@pytest.mark.parametrize(
    ("state", "act", "actor", "to"),
    [
        (State.DRAFT, Act.RECEIVE, Actor.WINDOW, State.RECEIVED),
        (State.RECEIVED, Act.ACCEPT, Actor.WINDOW, State.ACCEPTED),
        (State.RECEIVED, Act.DEEM_ACCEPTED, Actor.CALENDAR, State.DEEMED_ACCEPTED),
        (State.RECEIVED, Act.ASK_CORRECTION, Actor.WINDOW, State.AWAITING_CORRECTION),
        (State.AWAITING_CORRECTION, Act.TAKE_CORRECTION, Actor.WINDOW, State.CORRECTION_MADE),
        (State.AWAITING_CORRECTION, Act.LAPSE_CORRECTION, Actor.CALENDAR, State.CORRECTION_LAPSED),
        (State.REVIEW, Act.BEGIN_SPECIAL, Actor.DEPARTMENT, State.SPECIAL_PROCEDURE),
        (State.REVIEW, Act.DECIDE, Actor.DEPARTMENT, State.DECIDED),
        (State.DECIDED, Act.FINISH, Actor.DEPARTMENT, State.FINISHED),
        (State.FINISHED, Act.AWAIT_COLLECTION, Actor.DEPARTMENT, State.AWAITING_COLLECTION),
        (State.AWAITING_COLLECTION, Act.DELIVER, Actor.WINDOW, State.DELIVERED),
        (State.DELIVERED, Act.ARCHIVE, Actor.DEPARTMENT, State.ARCHIVED),
        (State.ACCEPTED, Act.WITHDRAW, Actor.WINDOW, State.WITHDRAWN),
        (State.SUSPENDED, Act.TERMINATE, Actor.DEPARTMENT, State.TERMINATED),
        (State.DRAFT, Act.VOID, Actor.WINDOW, State.VOIDED),
    ],
)
def test_the_lawful_road(state: State, act: Act, actor: Actor, to: State) -> None:
    assert move(standing(state), act, actor).state is to


@pytest.mark.parametrize("held", [State.ACCEPTED, State.REVIEW])
def test_a_suspended_case_resumes_where_it_was(held: State) -> None:
    suspended = move(standing(held), Act.SUSPEND, Actor.DEPARTMENT)
    assert suspended.state is State.SUSPENDED
    assert move(suspended, Act.RESUME, Actor.DEPARTMENT).state is held


def test_the_special_procedure_ends_in_review() -> None:
    special = move(standing(State.REVIEW), Act.BEGIN_SPECIAL, Actor.DEPARTMENT)
    assert move(special, Act.END_SPECIAL, Actor.DEPARTMENT).state is State.REVIEW


def test_an_extension_keeps_the_state_and_is_given_once() -> None:
    extended = move(standing(State.REVIEW), Act.EXTEND, Actor.DEPARTMENT)
    assert extended.state is State.REVIEW
    with pytest.raises(CaseError) as refused:
        move(extended, Act.EXTEND, Actor.DEPARTMENT)
    assert refused.value.code == "CASE-107"


def test_an_immediate_case_is_decided_without_a_review() -> None:
    immediate = standing(State.ACCEPTED, case_class=CaseClass.IMMEDIATE)
    assert move(immediate, Act.DECIDE, Actor.DEPARTMENT).state is State.DECIDED
    with pytest.raises(CaseError) as refused:
        move(standing(State.ACCEPTED), Act.DECIDE, Actor.DEPARTMENT)
    assert refused.value.code == "CASE-110"


@pytest.mark.parametrize(
    ("here", "act", "actor", "code"),
    [
        (standing(State.ACCEPTED), Act.VOID, Actor.WINDOW, "CASE-101"),
        (standing(State.ACCEPTED), Act.BEGIN_REVIEW, Actor.WINDOW, "CASE-102"),
        (standing(mode=AcceptanceMode.DEPARTMENT), Act.ACCEPT, Actor.WINDOW, "CASE-103"),
        (standing(State.RECEIVED, corrections=1), Act.ASK_CORRECTION, Actor.WINDOW, "CASE-104"),
        (standing(State.RECEIVED, IntakeRegime.REAL_ESTATE), Act.ASK_CORRECTION, Actor.WINDOW, "CASE-105"),
        (standing(State.REVIEW, open_deferrals=1), Act.DECIDE, Actor.DEPARTMENT, "CASE-108"),
        (standing(State.RECEIVED, IntakeRegime.PUBLIC_SERVICE), Act.DEEM_ACCEPTED, Actor.CALENDAR, "CASE-109"),
    ],
)
def test_an_unlawful_act_is_refused_with_its_reason(here: Standing, act: Act, actor: Actor, code: str) -> None:
    with pytest.raises(CaseError) as refused:
        move(here, act, actor)
    assert refused.value.code == code
    assert re.search("[一-鿿]", refused.value.title)
    assert refused.value.advice


def test_incomplete_material_is_no_ground_for_a_licence_but_is_for_real_estate() -> None:
    with pytest.raises(CaseError):
        move(standing(State.RECEIVED), Act.NOT_ACCEPT, Actor.WINDOW, ground="incomplete")
    assert not any(ground.lists_defects for ground in REGIMES[IntakeRegime.LICENSING_LAW].grounds)
    assert any(ground.lists_defects for ground in REGIMES[IntakeRegime.REAL_ESTATE].grounds)
