"""The index of 办件编号 holds the cases that have one: a draft that is accepted touches it once, not twice.

A UNIQUE of the table's own has a row for each draft too, and that row is looked up and taken away on another page.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UNIQUE = "CONSTRAINT uq_cases_number UNIQUE (number)"
_INDEX = "CREATE UNIQUE INDEX ix_cases_number ON cases (number) WHERE number IS NOT NULL"


def upgrade() -> None:
    _rebuild(_UNIQUE, "")
    op.execute(_INDEX)


def downgrade() -> None:
    op.execute("DROP INDEX ix_cases_number")
    _rebuild("", _UNIQUE)


def _rebuild(old: str, new: str) -> None:
    """The table again, as it stands but for that constraint, with its rows and its indexes; what points to it stays."""
    connection = op.get_bind()
    told = "SELECT sql FROM sqlite_master WHERE tbl_name = 'cases' AND type = '{}' AND sql IS NOT NULL"
    (table,) = connection.exec_driver_sql(told.format("table")).scalars()
    indexes = connection.exec_driver_sql(told.format("index")).scalars().all()
    body = table.partition("(")[2]
    inner = body.rstrip().removesuffix(")").rstrip()
    if old:
        before, _, after = inner.partition(old)
        inner = before.rstrip().rstrip(",") + after
    else:
        inner = f"{inner}, {new}"
    op.execute(f"CREATE TABLE cases_new ({inner})")
    op.execute("INSERT INTO cases_new SELECT * FROM cases ORDER BY id")
    op.execute("DROP TABLE cases")
    op.execute("ALTER TABLE cases_new RENAME TO cases")
    for index in indexes:
        op.execute(index)
