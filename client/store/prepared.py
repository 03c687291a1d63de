"""Statements of the hot path: built with SQLAlchemy, compiled once, run by the driver.

An accept runs a dozen statements; SQLAlchemy's own execution costs more than SQLite's for each of them. The SQL
is still made from the tables, and the connection is still that of the caller's transaction.
"""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite.dml import Insert as Upsert

Statement = Select[Any] | Insert | Upsert | Update | Delete


class Prepared:
    """One statement whose values are all named parameters; `columns` are those an insert or update is given.

    Values are what SQLite keeps (text, whole numbers, bytes, None); no type of SQLAlchemy converts them.
    """

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = list(columns) if columns else None

    def run(self, connection: Connection, **parameters: object) -> int:
        """Run it; returns how many rows it changed."""
        return int(self._execute(connection, parameters).rowcount)

    def rows(self, connection: Connection, **parameters: object) -> Iterator[Any]:
        """Its rows as named tuples, in the statement's own column names."""
        return map(self._row._make, self._execute(connection, parameters))

    def scalar(self, connection: Connection, **parameters: object) -> Any:  # noqa: ANN401 - what the column holds
        """First column of the first row; None when there is none."""
        row = self._execute(connection, parameters).fetchone()
        return None if row is None else row[0]

    def _execute(self, connection: Connection, parameters: dict[str, object]) -> Any:  # noqa: ANN401 - the driver has no types
        values = [parameters[name] for name in self._names]
        return connection.connection.dbapi_connection.execute(self._sql, values)  # type: ignore[union-attr]  # a connection in a transaction has one

    @cached_property
    def _compiled(self) -> Any:  # noqa: ANN401 - SQLAlchemy's Compiled, whose type says little
        return self._statement.compile(dialect=dialect(paramstyle="qmark"), column_keys=self._columns)

    @cached_property
    def _sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def _names(self) -> list[str]:
        """Names of the parameters in the order of their places: the driver is slow at finding them by name."""
        return list(self._compiled.positiontup)

    @cached_property
    def _row(self) -> Any:  # noqa: ANN401 - a class made here
        names = [str(column.key) for column in self._statement.selected_columns]  # type: ignore[union-attr]  # rows come from selects
        return namedtuple("Row", names)  # noqa: PYI024 - its fields are known only now
