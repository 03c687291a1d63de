"""New stores of hubs at once: what the scripts do to an empty one is written down at the first, repeated at the next.

The scripts take a third of a second and hundreds of tests begin with a hub. A store that holds something goes through
the scripts themselves, and so does whatever tests them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event

from sync.hub import migrations

SCRIPTS = migrations.upgrade

Step = tuple[str, Any]  # a statement, and its values as the database's module wants them


class Written:
    """The scripts' statements, by the database they were written for."""

    def __init__(self) -> None:
        self._steps: dict[str, list[Step]] = {}

    def upgrade(self, connection: Connection) -> None:
        if migrations.revision_of(connection) is not None:
            SCRIPTS(connection)
            return
        name = connection.dialect.name
        if name not in self._steps:
            self._steps[name] = _written(connection)
            return
        for statement, values in self._steps[name]:
            connection.exec_driver_sql(statement, values)


def _written(connection: Connection) -> list[Step]:
    """Run the scripts; what they changed."""
    steps: list[Step] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        if statement.split(maxsplit=1)[0] not in {"SELECT", "PRAGMA"}:
            steps.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    SCRIPTS(connection)
    event.remove(connection, "before_cursor_execute", note)
    return steps


@contextmanager
def made_at_once() -> Iterator[None]:
    """For the stores that are made meanwhile."""
    with patch.object(migrations, "upgrade", Written().upgrade):
        yield
