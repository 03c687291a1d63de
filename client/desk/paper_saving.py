"""A paper as a PDF outside of the store: noted first, for it takes a person's data along, then written."""

from pathlib import Path

from client.desk.counter import Counter
from client.desk.paper_finding import PaperFound
from client.desk.paperwork import NO_PAPER, Paperwork
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.rules.rights import Right
from client.store import audit, papers
from client.store.durable import disk_errors, write_whole
from client.text import tr

ALREADY_THERE = Fault(
    "PAPER-331", tr("已有文件“{name}”，没有覆盖"), tr("请换一个文件名；确实不要原来的文件时，请先自行删除")
)
NO_FOLDER = Fault("PAPER-332", tr("没有文件夹“{name}”"), tr("请核对路径；U盘和共享文件夹须先接好"))
NOT_A_PDF = Fault("PAPER-333", tr("文件名“{name}”不是 .pdf"), tr("文书只能另存为 PDF，请改用 .pdf 结尾的文件名"))


def usual_path(found: PaperFound, folder: Path) -> Path:
    """Where it goes unless somebody says otherwise: numbers, nobody's name."""
    return folder / f"{found.case_number} {found.name}.pdf"


def note(counter: Counter, paper_id: int, by: Staff, target: Path) -> None:
    """Who takes it along, and under which name. Raises RightsError, CaseError."""
    counter.permit(by, Right.INTAKE, f"paper:{paper_id}")
    with counter.memory.begin() as connection:
        paper = papers.get(connection, paper_id)
        if paper is None:
            raise CaseError(NO_PAPER)
        subject, detail = paper.number or f"paper:{paper_id}", {"file": target.name}
        audit.add(connection, counter.clock(), by.staff_no, "save_paper", subject, "done", detail)


def write(counter: Counter, paper_id: int, target: Path) -> Path:
    """Write the very page it was issued as, whole or not at all; returns where. Raises CaseError, StoreError."""
    if target.suffix.lower() != ".pdf":
        raise CaseError(NOT_A_PDF, name=target.name)
    with disk_errors(target.name):
        if target.exists():
            raise CaseError(ALREADY_THERE, name=target.name)
        if not target.parent.is_dir():
            raise CaseError(NO_FOLDER, name=str(target.parent))
    write_whole(target, Paperwork(counter).page(paper_id))
    return target.absolute()
