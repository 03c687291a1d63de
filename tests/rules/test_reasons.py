"""What is wrong with a file is said in Chinese, and never with what stands in it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from client.rules.reasons import reason


class Colour(StrEnum):
    RED = "red"


class Filled(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="x", min_length=1, max_length=3, pattern="^[a-z]*$")
    colour: Colour = Colour.RED
    act: Literal["a"] = "a"
    count: int = Field(default=1, ge=1, le=9)
    at: datetime | None = None
    day: date | None = None
    words: Mapping[str, str] = {}
    pages: tuple[str, ...] = Field(default=(), max_length=1)
    needed: bool


def wrong(**fields: Any) -> ErrorDetails:
    with pytest.raises(ValidationError) as caught:
        Filled.model_validate({"needed": True, **fields})
    return caught.value.errors()[0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"nmae": "x"}, "不认识的项"),
        ({"name": ""}, "太短或者是空的"),
        ({"name": "xxxx"}, "太长"),
        ({"name": "X"}, "格式不对"),
        ({"name": 1}, "应为文字"),
        ({"colour": "blue"}, "不在可选值之内"),
        ({"act": "b"}, "不在可选值之内"),
        ({"count": 0}, "太小"),
        ({"count": 10}, "太大"),
        ({"count": "x"}, "应为整数"),
        ({"at": "gestern"}, "应为日期和时间，如 2026-11-23T09:30:00+08:00"),
        ({"day": "gestern"}, "应为日期，如 2026-11-23"),
        ({"needed": "vielleicht"}, "应为 true 或 false"),
        ({"words": 1}, "应为成对的项"),
        ({"pages": 1}, "应为列表"),
        ({"pages": ["a", "b"]}, "项数太多"),
    ],
    ids=str,
)
def test_each_way_to_be_wrong_has_its_words(fields: dict[str, Any], said: str) -> None:
    assert reason(wrong(**fields)["type"]) == said


def test_what_is_missing_and_what_is_no_json_are_told() -> None:
    with pytest.raises(ValidationError) as caught:
        Filled.model_validate({})
    assert reason(caught.value.errors()[0]["type"]) == "缺少"
    with pytest.raises(ValidationError) as caught:
        Filled.model_validate_json("{")
    assert reason(caught.value.errors()[0]["type"]) == "不是有效的 JSON"


@pytest.mark.parametrize("kind", [*get_args(ErrorType), "made_by_us"])
def test_whatever_pydantic_finds_is_said_in_chinese(kind: str) -> None:
    assert any("\u4e00" <= letter <= "\u9fff" for letter in reason(kind))
