"""Whoever finds a profile finds nobody in it: no name, number, phone or page, in whatever state the window was left."""

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
import structlog

from client import log
from client.catalogue import load_catalogue
from client.demo import DEMO_PIN
from devices.idcard.cards import SAMPLES
from tests.attack.clerk import sample_pages
from tests.attack.lives import CARDS
from tests.attack.nursery import Nursery
from tests.attack.siege import PASSPHRASE, Fresh, Siege
from tests.attack.soak import SEED
from tests.data import resident_id
from tests.hubs import HubProcess

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
SHORTEST = 6  # bytes; chance puts shorter words into megabytes of cipher text
CASES = 4  # one of each item
MARK = slice(-600, -536)  # 64 bytes near the end of a page file, where no format has the same in every file


def _people() -> set[str]:
    """What the session's cases say about people, from the cards and from the examples."""
    words = set()
    for kind in CARDS:
        fields = SAMPLES[kind].fields
        words |= {fields["name"], fields["number"], fields["address"]}
    catalogue = load_catalogue()
    for item in catalogue.newest():
        example = catalogue.example(item)
        words |= {str(example.applicant[key]) for key in ("name", "identifier", "phone", "address")}
        words |= {str(example.attendee[key]) for key in ("name", "identifier", "phone")}
    return words


def _secrets() -> dict[str, bytes]:
    """Everything that must not stand in any file, by what it is."""
    found = {f"{word} in {code}": word.encode(code) for word in _people() for code in ENCODINGS}
    pages = sample_pages(Path(str(resources.files("resources"))) / "samples" / "pages")
    found |= {f"page {page.name}": page.content[MARK] for page in pages}
    found |= {"passphrase": PASSPHRASE.encode(), "PDF": b"%PDF-1."}
    return {what: content for what, content in found.items() if len(content) >= SHORTEST}


def _told_by(folder: Path) -> set[str]:
    """Which secrets the files of `folder` tell, also by their names."""
    secrets = _secrets()
    told = set()
    for path in folder.rglob("*"):
        content = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        told |= {f"{path.name}: {what}" for what, secret in secrets.items() if secret in content}
    return told


@pytest.fixture(scope="module")
def worked(nursery: Nursery, fresh: Fresh, tmp_path_factory: pytest.TempPathFactory) -> Siege:
    """A window that took a case of each item, sent them, was killed over its next one, and opened again."""
    folder = tmp_path_factory.mktemp("worked")
    with HubProcess(folder) as hub:
        siege = Siege.lay(nursery, fresh, folder, SEED, hub.url)
        window = nursery.start(siege.order)
        window.wait_for("handed over", times=CASES)
        window.wait_for("attached")
        siege.end(window, "attaching")
        shutil.copytree(siege.profile.folder, folder / "killed")
        assert siege.settle(hub) == []
    return siege


def test_a_killed_window_tells_nothing(worked: Siege) -> None:
    killed = worked.profile.folder.with_name("killed")
    assert (killed / "store.db-wal").stat().st_size > 0
    assert _told_by(killed) == set()


def test_a_closed_window_tells_nothing(worked: Siege) -> None:
    files = list(worked.profile.files.rglob("*"))
    assert sum(path.is_file() for path in files) >= len(worked.ledger.rendered)
    assert _told_by(worked.profile.folder) == set()


def test_the_pin_of_a_clerk_stands_nowhere(worked: Siege) -> None:
    # Six noughts come up in binary files by themselves: the text files are asked.
    for path in (*worked.profile.logs.glob("*"), worked.profile.settings, worked.profile.key):
        assert f'"{DEMO_PIN}"' not in path.read_text(encoding="utf-8")


def test_the_search_finds_every_secret_where_it_stands(tmp_path: Path) -> None:
    """The control arm."""
    for place, secret in enumerate(_secrets().values()):
        (tmp_path / str(place)).write_bytes(b"before" + secret + b"after")
    assert {word.partition(": ")[2] for word in _told_by(tmp_path)} == set(_secrets())


@pytest.fixture
def logs(worked: Siege) -> Iterator[Path]:
    log.start(worked.profile.logs)
    yield worked.profile.logs
    log.stop()


def _stumble(words: str) -> None:
    raise ValueError(words)


@pytest.mark.expected_warnings("reader stumbled", "case not drawn", "command broke off")
def test_an_error_that_speaks_of_a_person_leaves_no_number_in_the_log(logs: Path) -> None:
    number, phone = resident_id(5), "13800000005"
    mine = structlog.get_logger("client.desk")
    mine.error(f"reader stumbled over {number}", phone=phone)
    mine.error("case not drawn", case={"applicant": {"identifier": number, "phones": [phone]}, number: 1})
    try:
        _stumble(f"no such person: {number}, {phone}")
    except ValueError:
        mine.exception("command broke off")
    log.stop()
    written = "".join(path.read_text(encoding="utf-8") for path in logs.iterdir())
    assert "command broke off" in written
    assert written.count("[hidden]") == 5  # two and three; the words of an exception are left out
    assert number not in written
    assert phone not in written
