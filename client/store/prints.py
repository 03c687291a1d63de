"""The prints of papers and what became of each; what the printer has is known before it hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from client.ports.printer import PrintState
from client.store.tables import papers, spool


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """One print of a paper; `state` is None while nobody asked for the sheet."""

    paper_id: int
    reprint_no: int
    rendered: bool
    state: PrintState | None
    reason: str


def newest_of_case(connection: Connection, case_id: int) -> Mapping[int, PrintRecord]:
    """The newest print of each paper of a case, by paper: a 补打 stands for the print before it."""
    statement = (
        select(spool)
        .join(papers, (papers.c.id == spool.c.paper_id) & (papers.c.reprints == spool.c.reprint_no))
        .where(papers.c.case_id == case_id)
    )
    rows = connection.execute(statement)
    return {
        row.paper_id: PrintRecord(
            row.paper_id,
            row.reprint_no,
            rendered=row.sealed_name is not None,
            state=None if row.print_state is None else PrintState(row.print_state),
            reason=row.print_reason or "",
        )
        for row in rows
    }
