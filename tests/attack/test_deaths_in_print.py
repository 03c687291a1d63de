"""R12: death between a finished page and its record; the paper comes once, with its number, a 补打 with its mark."""

import random
from collections import Counter
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from sqlalchemy import select

from client.store import tables
from client.store.sealed import SealedFiles
from tests.attack.checker import opened
from tests.attack.nursery import Nursery
from tests.attack.orders import Order
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import Attack, Tally
from tests.attack.stopping import POINTS
from tests.hubs import HubProcess

REPRINTED = 1  # the paper that is printed again and again


def test_a_paper_whose_printing_died_is_rendered_once_under_its_number(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R12")
    for seed, deaths, folder in attack.sieges(tmp_path):
        with HubProcess(folder) as hub:
            siege = Siege.lay(nursery, fresh, folder, seed, hub.url)
            asked = _die(attack, siege, deaths)
            attack.judge(siege.settle(hub), f"seed {seed}")
        _each_printed_once(siege)
        _reprints_are_marked(siege, asked)


def _die(attack: Attack, siege: Siege, deaths: int) -> int:
    """Kill so many windows in print, every other one in a 补打; returns how many 补打 were asked for."""
    asked = 0
    luck = random.Random(siege.luck.random())
    for death in range(deaths):
        reprint = REPRINTED if death % 2 else 0
        point = POINTS[death // 2 % len(POINTS)]
        order = Order("stop in print", siege.order.profile, siege.order.key_file, stop_at=point, reprint=reprint)
        window = siege.nursery.start(order)
        window.wait_for("standing")
        window.listen_for(luck.uniform(0, 0.01))
        siege.end(window, point)
        asked += sum(mark.what == "reprint asked" for mark in window.marks)
        attack.faults += 1
        attack.judge(siege.judge(), f"death {death} at {point}")
    return asked


def _each_printed_once(siege: Siege) -> None:
    with opened(siege.profile, siege.key) as database, database.read() as connection:
        papers = connection.execute(select(tables.papers)).all()
        prints = connection.execute(select(tables.spool)).all()
        told = connection.execute(select(tables.outbox.c.data).where(tables.outbox.c.type == "paper.issued")).all()
    assert {row.state for row in prints} == {"rendered"}
    assert Counter(row.paper_id for row in prints if row.reprint_no == 0) == Counter(row.id for row in papers)
    assert len(told) == len(papers)


def _reprints_are_marked(siege: Siege, asked: int) -> None:
    files = SealedFiles(siege.profile.files, siege.key)
    with opened(siege.profile, siege.key) as database, database.read() as connection:
        paper = connection.execute(select(tables.papers).where(tables.papers.c.id == REPRINTED)).one()
        of_paper = select(tables.spool).where(tables.spool.c.paper_id == REPRINTED)
        prints = {row.reprint_no: _text(files.get(row.sealed_name)) for row in connection.execute(of_paper)}
    assert sorted(prints) == list(range(asked + 1))
    assert paper.reprints == asked
    for number, text in prints.items():
        assert paper.number in text
        assert ("补打" in text) == (number > 0)
        assert number == 0 or f"第{number}次" in text


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")
