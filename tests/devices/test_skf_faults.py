"""The table of goal R11 for seal keys behind an SKF library: each step fails in each way, in a real library.

What comes of it is told in one closed list, and the step can be repeated: the same keys are read, and sign, when the
fault is gone. The table is kept in build/r11-skf.json.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.keys import Pin
from client.proof.certificates import KeyAlgorithm
from devices.children.supervised import Limits
from devices.keys.skf.skf_keys import SkfKeys
from tests.conftest import SOAK
from tests.devices.skf_standing_in import PIN, TERMS, Drawer, hasty, library, seal_like

TABLE = Path(__file__).parents[2] / "build" / "r11-skf.json"
DEVICE = "seal key (SKF)"
TOLD, SIGNED, NONE = "told", "signed", "no key"
NO_KEY, PULLED, WRONG_PIN, LOCKED, WRONG, GONE, ENDED, GARBLED, SILENT, STRANGE, TAKEN, UNSET, SHAPE = (
    "DEV-501", "DEV-502", "DEV-503", "DEV-504", "DEV-507", "DEV-508", "DEV-541", "DEV-542", "DEV-543", "DEV-548",
    "DEV-549", "DEV-550", "DEV-551",
)  # fmt: skip
REMOVED, FAILED, TIME = "status=0A000023", "status=0A000001", "status=0A00000F"
DOWN = {"crash": ENDED, "abort": ENDED}
# A list is asked for once more by itself when the library took its process down.
AT_THE_LIST = {
    "enum": {
        "crash": TOLD,
        "abort": TOLD,
        "exit": TOLD,
        "hang": SILENT,
        "lying": GARBLED,
        FAILED: STRANGE,
        "status=0A000006": TOLD,
    },
    "list": {"endless": TOLD, "lying": GARBLED, "print": TOLD, "leak": TOLD, "pull": NONE},
    "connect": {"crash": TOLD, REMOVED: NO_KEY, "status=0A000006": NO_KEY, TIME: SILENT, "pull": NO_KEY},
    "info": {FAILED: TOLD, "endless": TOLD, "crash": TOLD},
    "applications": {"lying": GARBLED, REMOVED: PULLED, "pull": PULLED},
    "application": {"hang": SILENT, "status=0A00002E": GONE, "pull": PULLED},
    "pininfo": {FAILED: TOLD, "lying": TOLD, "crash": TOLD},
    "containers": {"lying": GARBLED, "endless": TOLD, "pull": PULLED},
    "container": {"status=0A000034": GONE, "crash": TOLD},
    "type": {FAILED: TOLD},
    "certificate": {"lying": GARBLED, "status=0A00001C": TOLD, FAILED: STRANGE},
    "export": {"garbage": TOLD, "status=0A000020": STRANGE},
}  # fmt: skip
AT_THE_SIGNATURE = {
    "connect": {**DOWN, REMOVED: NO_KEY, "pull": NO_KEY},
    "lock": {TIME: TAKEN, "status=0A000003": SIGNED, "crash": ENDED},
    "application": {"crash": ENDED, REMOVED: PULLED},
    "export": {"garbage": GONE, "pull": PULLED},
    "pininfo": {FAILED: SIGNED, "lying": SIGNED, "crash": ENDED},
    "verify": {
        **DOWN, "hang": SILENT, "print": SIGNED, "pull": PULLED, REMOVED: PULLED, FAILED: STRANGE,
        "status=0A000024": WRONG_PIN, "status=0A000025": LOCKED, "status=0A000026": SHAPE, "status=0A000027": SHAPE,
        "status=0A000028": SIGNED, "status=0A000029": UNSET,
    },
    "sign": {
        **DOWN, "exit": ENDED, "hang": SILENT, "leak": SIGNED, "double": WRONG, "garbage": WRONG, "zeros": WRONG,
        "pull": PULLED, REMOVED: PULLED, FAILED: STRANGE, "status=0A00002D": STRANGE,
    },
    "clear": {FAILED: SIGNED, "crash": ENDED, "hang": SILENT},
    "unlock": {FAILED: SIGNED},
    "disconnect": {REMOVED: SIGNED},
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One fault at one step: what came of it, and of the same once it was gone."""

    device: str
    step: str
    fault: str
    expected: str
    outcome: str
    repeated: str

    def is_right(self, well: str) -> bool:
        return (self.outcome, self.repeated) == (self.expected, well)


def outcome(act: Callable[[], str]) -> str:
    try:
        return act()
    except DeviceError as error:
        return error.code if error.title and error.advice else "a sentence with a place that nobody fills"


def hung(keys: SkfKeys, drawer: Drawer, act: Callable[[], str]) -> str:
    """In little time on a machine that has some, and surely."""
    for patience in (0.3, 2.0, 10.0):
        with hasty(keys, patience):
            came = outcome(act)
        if drawer.has_done:
            break
    return came


def rows(
    keys: SkfKeys, drawer: Drawer, table: Mapping[str, Mapping[str, str]], act: Callable[[], str], words: str
) -> Iterator[Row]:
    """Each order of a table, done once by the library; whoever pulled the keys pushes them back."""
    for step, ways in table.items():
        for way, expected in ways.items():
            drawer.order(f"{step}:{way}")
            came = hung(keys, drawer, act) if way == "hang" else outcome(act)
            assert drawer.has_done, f"{step}:{way} was not reached"
            if (pulled := drawer.folder / "pulled").exists():
                pulled.rename(drawer.folder / "keys")
            yield Row(DEVICE, words.format(step=step), way, expected, came, outcome(act))


def listing(keys: SkfKeys) -> str:
    return TOLD if keys.plugged() else NONE


def signing(keys: SkfKeys) -> Callable[[], str]:
    """Of one key as it was told, so that an order meets the signature and no list."""
    key = keys.plugged()[0]

    def act() -> str:
        with Pin(PIN) as pin:
            signature = keys.sign(key.id, key.certificates[0], b"message", pin)
        assert key.certificates[0].has_signed(b"message", signature)
        return SIGNED

    return act


@pytest.mark.expected_warnings("child lost")
def test_each_step_fails_in_each_way_and_can_be_repeated(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        listed = list(rows(keys, drawer, AT_THE_LIST, lambda: listing(keys), "list, {step}"))
        signed = list(rows(keys, drawer, AT_THE_SIGNATURE, signing(keys), "signature, {step}"))
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps([asdict(row) for row in (*listed, *signed)], indent=1), "utf-8")
    assert [row for row in listed if not row.is_right(TOLD)] == []
    assert [row for row in signed if not row.is_right(SIGNED)] == []


def sought(keys: SkfKeys, drawer: Drawer) -> str:
    """A signature and the seals of whichever key is told first."""
    for tries in drawer.folder.glob("keys/*/*/tries"):
        tries.unlink()
    found = [key for key in keys.plugged() if key.certificates]
    if not found:
        return NONE
    key = found[0]
    assert all(len(seal) < 10_000 for seal in keys.seals(key.id))
    with Pin(PIN) as pin:
        signature = keys.sign(key.id, key.certificates[0], b"message", pin)
    assert key.certificates[0].has_signed(b"message", signature)
    return SIGNED


def test_a_double_hash_of_rsa_or_a_lying_length_is_told(skf: Path, drawer: Drawer) -> None:
    drawer.plug(algorithm=KeyAlgorithm.RSA)
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        act = signing(keys)
        drawer.order("sign:lying")
        assert [outcome(act), outcome(act)] == [GARBLED, SIGNED]


def test_a_key_that_does_not_tell_hides_no_other(skf: Path, drawer: Drawer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    drawer.plug("K1")
    drawer.plug("K2")
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        drawer.order(f"connect:{FAILED}")
        assert [key.serial for key in keys.plugged()] == ["S-K2"]
        assert "DEV-548" in caplog.text
        assert [key.serial for key in keys.plugged()] == ["S-K1", "S-K2"]


def test_faults_while_seals_are_read(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    drawer.put(drawer.at() / "files" / "A", b"no seal")
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        key = keys.plugged()[0]
        for order, code in ((f"files:{REMOVED}", PULLED), (f"read:{REMOVED}", PULLED), ("files:lying", GARBLED)):
            drawer.order(order)
            assert outcome(lambda: str(keys.seals(key.id))) == code
        for order in ("read:status=0A00002D", "files:status=0A000003", "read:cut", f"attributes:{FAILED}"):
            drawer.order(order)
            assert keys.seals(key.id) == []


def test_a_library_that_grows_is_let_go_between_two_questions(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=replace(TERMS, limits=replace(TERMS.limits, memory=40 << 20)))) as keys:
        act = signing(keys)
        first = keys._child.process_id
        drawer.order("sign:leak")
        assert outcome(act) == SIGNED
        assert keys._child.process_id == first, "not in the middle of one"
        assert outcome(act) == SIGNED
        assert keys._child.process_id not in (None, first)


@pytest.mark.expected_warnings("child lost")
def test_a_library_that_falls_over_again_and_again_is_given_rest(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=replace(TERMS, limits=Limits()))) as keys:
        act = signing(keys)
        for _ in range(3):
            keys._child._children._rested_at = 0.0
            drawer.order("sign:crash")
            assert outcome(act) == ENDED
        assert outcome(act) == "DEV-544"


def test_a_library_put_in_place_of_what_was_none_works_at_once(skf: Path, drawer: Drawer, tmp_path: Path) -> None:
    drawer.plug()
    library = tmp_path / "late.so"
    with closing(SkfKeys(str(library), terms=TERMS)) as keys:
        assert outcome(lambda: listing(keys)) == "DEV-545"
        shutil.copy(skf, library)
        assert listing(keys) == TOLD


@pytest.mark.parametrize("seed", range(1, 1 + (40 if SOAK else 1)))
def test_a_library_that_lies_at_random_takes_nothing_down_and_signs_nothing_wrong(
    tmp_path_factory: pytest.TempPathFactory, drawer: Drawer, seed: int
) -> None:
    """No child is lost: that would be a warning. What counts as a signature is one, whatever else was said."""
    liar = library(tmp_path_factory.mktemp("liar"), "-DLIAR")
    drawer.plug("K1")
    drawer.plug("K2", algorithm=KeyAlgorithm.RSA)
    drawer.put(drawer.at() / "files" / "A", seal_like(b"x" * 9000))
    drawer.put(drawer.folder / "seed", seed.to_bytes(4, "little"))
    came: Counter[str] = Counter()
    with closing(SkfKeys(str(liar), terms=TERMS)) as keys:
        for _ in range(120):
            came[outcome(lambda: sought(keys, drawer))] += 1
    assert came[SIGNED] > 10
    assert len(came) > 4, came
