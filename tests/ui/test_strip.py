"""The device strip: a change shows within two seconds, and no hand hides another."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from structlog.testing import capture_logs

from client.ports.readiness import Condition, Readiness
from devices.idcard.cards import SAMPLES
from devices.idcard.simulator import Simulator
from devices.idcard.use import reader_of
from tests.desk.counter import MORNING
from ui import strip as strips
from ui.strip import LAMPS, SILENT, Strip, Watch
from ui.tasks import Tasks

READY = Readiness(Condition.READY, "A4 双面")
EMPTY = Readiness(Condition.ATTENTION, "纸将尽", "请加纸")
GONE = Readiness(Condition.FAILED, "未连接", "请检查电源")


class Bench:
    """A strip and whoever looks at its hands; a test changes what they see."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.strip = Strip()
        qtbot.addWidget(self.strip)
        self.strip.show()
        self.watches: list[Watch] = []

    def watch(self, looks: Mapping[str, Callable[[], Readiness]]) -> None:
        self.watches.append(Watch(self.strip, looks, self.tasks))

    def seen(self, name: str) -> Readiness | None:
        return self.strip.readiness.get(name)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    found = Bench(qtbot)
    yield found
    for watch in found.watches:
        watch.stop()
    qtbot.waitUntil(lambda: found.tasks.underway == 0, timeout=10_000)


def test_every_state_has_a_shape_of_its_own_and_words(bench: Bench) -> None:
    shapes = set()
    for readiness in (READY, EMPTY, GONE, Readiness(Condition.UNSET, "未设置")):
        bench.strip.light("printer", readiness)
        shapes.add(bench.strip._shapes["printer"].text())
        label = bench.strip._words["printer"]
        assert readiness.words in label.text()
        assert readiness.words in label.accessibleName()
        assert readiness.advice in label.accessibleName()
        assert readiness.advice in label.toolTip()
    assert len(shapes) == 4


def test_a_change_shows_within_two_seconds(bench: Bench) -> None:
    stands = {"printer": READY}
    changed: list[str] = []
    bench.strip.changed.connect(changed.append)
    bench.watch({"printer": lambda: stands["printer"]})
    bench.qtbot.waitUntil(lambda: bench.seen("printer") == READY)
    stands["printer"], begun = GONE, time.monotonic()
    bench.qtbot.waitUntil(lambda: bench.seen("printer") == GONE, timeout=5_000)
    assert time.monotonic() - begun < 2.0
    assert changed == ["printer", "printer"]


def test_a_hand_that_hangs_keeps_no_other_dark_and_is_said_to_be_silent(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strips, "LATE", 200)
    monkeypatch.setattr(strips, "BEAT", 50)
    gate, times = threading.Event(), list[int]()

    def hang() -> Readiness:
        gate.wait(10)
        return READY

    def look() -> Readiness:
        times.append(1)
        return READY

    bench.watch({"scanner": hang, "printer": look})
    bench.qtbot.waitUntil(lambda: bench.seen("scanner") == SILENT)
    bench.qtbot.waitUntil(lambda: len(times) > 3)
    gate.set()
    bench.qtbot.waitUntil(lambda: bench.seen("scanner") == READY)


@pytest.mark.expected_warnings("work broke off")
def test_a_look_that_breaks_off_is_looked_at_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "LATE", 100)
    looks: list[int] = []

    def look() -> Readiness:
        looks.append(1)
        if len(looks) == 1:
            raise KeyError(name)
        return READY

    name = "reader"
    bench.watch({name: look})
    bench.qtbot.waitUntil(lambda: bench.seen(name) == READY)


def test_long_words_do_not_make_the_window_wider(bench: Bench) -> None:
    for name in LAMPS:
        bench.strip.light(name, Readiness(Condition.FAILED, "没有连上" * 20))
    assert bench.strip.minimumSizeHint().width() < 700
    bench.strip.resize(1093, 30)
    assert not bench.strip.grab().isNull()


def test_the_log_has_it_once_when_a_hand_fails_and_once_when_it_is_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strips, "BEAT", 20)
    stands = [READY]
    looks = 0

    def look() -> Readiness:
        nonlocal looks
        looks += 1
        return stands[0]

    def looked_again() -> None:
        before = looks
        bench.qtbot.waitUntil(lambda: looks > before + 2, timeout=5_000)

    with capture_logs() as logged:
        bench.watch({"printer": look})
        for stands[0] in (READY, GONE, EMPTY, GONE, READY):
            looked_again()
    assert [(line["event"], line["device"], line["words"]) for line in logged if line.get("device") == "printer"] == [
        ("device failed", "printer", "未连接"),
        ("device back", "printer", "纸将尽"),
        ("device failed", "printer", "未连接"),
        ("device back", "printer", "A4 双面"),
    ]


def test_a_reader_that_is_pulled_out_and_put_back_shows_within_two_seconds(bench: Bench, tmp_path: Path) -> None:
    """The port of a real pseudo terminal that comes and goes, looked at by the reader itself."""
    port = tmp_path / "ttyUSB0"
    reader = reader_of(str(port), lambda: MORNING)
    bench.watch({"reader": reader.check})
    for stands in (Condition.FAILED, Condition.READY, Condition.FAILED, Condition.READY):
        if stands is Condition.READY:
            with Simulator(SAMPLES["resident"]) as simulator:
                port.symlink_to(simulator.port)
                _shows(bench, stands)
                port.unlink()
        else:
            _shows(bench, stands)


def _shows(bench: Bench, stands: Condition) -> None:
    begun = time.monotonic()
    bench.qtbot.waitUntil(
        lambda: (seen := bench.seen("reader")) is not None and seen.condition is stands, timeout=5_000
    )
    assert time.monotonic() - begun < 2.0


def test_a_device_few_have_takes_room_only_where_it_is_set_up(bench: Bench) -> None:
    assert bench.strip._words["rating"].isHidden()
    bench.strip.light("rating", Readiness(Condition.UNSET, "未设置"))
    assert bench.strip._words["rating"].isHidden()
    bench.strip.light("rating", GONE)
    assert (bench.strip._words["rating"].isHidden(), bench.strip._shapes["rating"].isHidden()) == (False, False)
