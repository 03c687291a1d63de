"""Many rows in one statement: what is given is one JSON text, and SQLite takes it apart.

Row by row the driver goes in and out of SQLite for each, and where other threads send meanwhile it waits for its turn
every time.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, func, literal_column, select

_GIVEN = func.json_each(bindparam("given", type_=Text)).table_valued("value", name="given_rows")


def given(values: Sequence[object]) -> str:
    """The parameter `given`: texts or whole numbers, or lists of them and None where they are rows."""
    return json.dumps(values, ensure_ascii=False)


def values() -> Select[Any]:
    """What was given, to be asked with IN."""
    return select(_GIVEN.c.value)


def field(place: int) -> ColumnElement[Any]:
    """The field at that place, from 0, of a row that was given."""
    return func.json_extract(_GIVEN.c.value, literal_column(f"'$[{place}]'"))
