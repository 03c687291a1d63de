"""The contract attacked by schemathesis: whatever it makes up, no 5xx and no answer the contract does not know.

What it sends is made from `resources/openapi/hub.json` alone, good and bad, the same in every run.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hub.tus import STREAM, creation
from tests.hubs import LocalHub

CONTRACT = json.loads((Path(__file__).parents[2] / "resources" / "openapi" / "hub.json").read_text(encoding="utf-8"))


def named(path: str, method: str) -> str:
    """Of the test of one operation."""
    return f"test_every_answer_is_one_of_the_contract_{CONTRACT['paths'][path][method]['operationId']}"


CASES_EACH = 25  # examples of an operation, at most
LEAST = 150  # cases of all together: an attack that makes none up proves nothing

ENROLMENT = (
    named("/v1/enrolments", "post"),
    named("/v1/oauth/token", "post"),
)  # a hub that enrols its windows has them
NOTHING_THERE = {404, 405}

GENUINE = creation(b"page") | STREAM
PROMISED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

schema = schemathesis.openapi.from_dict(CONTRACT)
played: Counter[tuple[str, int]] = Counter()


@pytest.fixture
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path, enrolled_only=request.node.name.startswith(ENROLMENT)) as made:
        made.app.state.stopping = True  # no poll waits: nobody here brings a change
        yield made


def attack(operation: Any) -> Any:
    """A test of one operation, the only one in that part of the contract: the plugin gives all its tests one id."""

    @operation.parametrize()  # type: ignore[untyped-decorator] # as above
    @settings(max_examples=CASES_EACH, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def answers(case: schemathesis.Case[Any], hub: LocalHub) -> None:
        if played.total() % 2:  # words nobody makes up by chance, and behind which there is more to attack
            case.headers.update({name: GENUINE[name] for name in GENUINE if name in case.headers})
        response = case.call(base_url=hub.url)
        played[case.operation.label, response.status_code] += 1
        case.validate_response(response, checks=PROMISED)

    return answers


for path, methods in CONTRACT["paths"].items():
    for method in methods:
        answers = attack(schema.include(path=path, method=method.upper()))
        globals()[named(path, method)] = answers
del answers


def test_the_attack_made_enough_cases_up() -> None:
    print(f"schemathesis: {played.total()} cases, {dict(played)}")  # noqa: T201 -- the figure asked for
    assert played.total() >= LEAST


def test_every_operation_was_there_to_be_attacked() -> None:
    answered: dict[str, set[int]] = {}
    for operation, status in played:
        answered.setdefault(operation, set()).add(status)
    assert [operation for operation, seen in answered.items() if seen <= NOTHING_THERE] == []
