"""A whole window in the language of its settings, walked by keys; then JSON of what it showed, kept and printed.

A process of its own (`python -m tests.ui.spoken PROFILE TO_ACCEPT TO_CORRECT`): a sentence is said as its module is
imported, and in the tests' own process all of them speak Chinese.
"""

import json
import re
import sys
import tempfile
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from client.language import settle

if TYPE_CHECKING:
    from tests.pictures import Sitter

ASCII = re.compile("[\x00-\x7f]+")  # numbers, times and codes, which no two walks have in common


def walk(at: "Sitter", to_accept: int, to_correct: int) -> dict[str, object]:
    """A wrong PIN, then two cases: what a clerk reads meanwhile."""
    from tests.desk.counter import CLERK  # noqa: PLC0415 - it says sentences
    from tests.pictures import PATIENCE  # noqa: PLC0415 - same

    shell = at.window.shell
    at.asked()
    at.type(CLERK.staff_no)
    at.hit("Return")
    at.type("000001")
    at.hit("Return")
    at.until(lambda: shell.sign_in.said.text != "")
    seen: dict[str, object] = {"wrong_pin": shell.sign_in.said.text}
    at.sign_in(CLERK)
    at.until(lambda: len(shell.strip.readiness) == len(shell.strip._words))
    at.quiet()
    seen["rail"] = [button.text() for button in shell.rail._group.buttons()]
    seen["strip"] = [label.text() for label in shell.strip._words.values()]
    shell.go("intake", {"case_id": to_correct})
    at.until(lambda: at.intake.work.sheet is not None and at.intake.work.case_id == to_correct)
    at.quiet(1)
    seen["keys"] = [button.accessibleName() for button in at.intake.bar.buttons.values()]
    at.press("accept")
    at.until(lambda: shell.notices.text != "")
    seen["refused"] = shell.notices.text
    at.press("dismiss", "ask_correction")
    at.until(lambda: at.intake.middle.view == "correction")
    at.press("ask_correction")
    at.until(lambda: at.intake.middle.view == "done" and at.is_printed())
    at.press("new_case")
    shell.go("intake", {"case_id": to_accept})
    at.until(lambda: at.intake.work.sheet is not None and at.intake.work.case_id == to_accept)
    at.quiet(1)
    seen["shapes"] = [row.state for row in at.intake.middle.materials.list.rows.rows]
    at.press("accept")
    at.until(lambda: at.intake.middle.view == "done" and at.is_printed())
    at.quiet(PATIENCE / 20)
    seen["state"] = at.intake.middle.done._state.text()
    seen["paper"] = [row.paper.words for row in at.intake.middle.done.papers.rows]
    return seen


def kept(profile: str) -> dict[str, object]:
    """Every text in the store, and the papers' own, without what no two walks have in common."""
    from pypdf import PdfReader  # noqa: PLC0415 - heavy
    from sqlalchemy import select  # noqa: PLC0415 - same

    from client.desk.paperwork import Paperwork  # noqa: PLC0415 - it says sentences
    from client.store.tables import metadata, papers  # noqa: PLC0415 - same
    from yichuang import FrontDoor  # noqa: PLC0415 - same

    texts, pages = [], []
    with FrontDoor().read(profile) as house, house.counter.memory.read() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                words = {name: ASCII.sub(" ", _plain(value)).strip() for name, value in row._mapping.items()}
                texts += [f"{table.name}.{name} {said}" for name, said in words.items() if said]
        for paper_id in connection.execute(select(papers.c.id)).scalars():
            pdf = Paperwork(house.counter).page(paper_id)
            pages.append("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    return {"store": sorted(texts), "pages": pages}


def _plain(value: object) -> str:
    """What is text in a column; JSON as it reads, not as it is escaped."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace") if value.startswith(b"{") else ""
    if not isinstance(value, str):
        return ""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True)
    except ValueError:
        return value


def main(profile: str, to_accept: int, to_correct: int) -> None:
    settle(["run", "--profile", profile])
    pictures = import_module("tests.pictures")
    app = pictures.QApplication(["yichuang"])
    looks = pictures.Looks(pictures.Theme.LIGHT, size=pictures.SIZES[0])
    with tempfile.TemporaryDirectory() as folder, pictures.sitting(app, Path(profile), looks, Path(folder)) as at:
        seen = walk(at, to_accept, to_correct)
    print(json.dumps({"seen": seen, **kept(profile)}))  # noqa: T201 - its result


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
