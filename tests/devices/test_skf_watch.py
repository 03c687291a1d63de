"""Which keys are plugged in, told by a process that waits: what it does when that library hangs, falls over or lies."""

import os
import signal
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.readiness import Condition
from devices.keys.skf import watch
from devices.keys.skf.skf_keys import SkfKeys
from tests.devices.skf_standing_in import TERMS, Drawer, library, signed, until

K1 = frozenset({"skf:skf/K1"})


@pytest.mark.expected_warnings("child lost.*key watch.*how='silent'")
def test_a_library_that_lets_nobody_in_while_it_waits_is_looked_at_by_the_clock(
    tmp_path_factory: pytest.TempPathFactory, drawer: Drawer
) -> None:
    locking = library(tmp_path_factory.mktemp("locking"), "-DLOCKING")
    drawer.plug()
    with closing(SkfKeys(str(locking), terms=replace(TERMS, asking=0.8))) as keys:
        assert until(lambda: keys.present() == K1)
        drawer.pull()
        assert until(lambda: keys.present() == frozenset())


@pytest.mark.expected_warnings("child lost.*key watch")
def test_a_library_that_falls_over_is_no_key_that_was_pulled(
    skf: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_PAUSE", 0.2)
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        assert until(lambda: keys.present() == K1)
        blow = Blow(keys)
        assert until(lambda: blow.condition() is Condition.FAILED)
        assert keys.present() == K1
        assert until(lambda: keys.check().condition is Condition.READY)
        monkeypatch.setattr(watch, "_KEPT", 0.0)
        blow = Blow(keys)
        assert until(lambda: blow.condition() is Condition.FAILED and keys.present() == frozenset()), "not for ever"
        assert until(lambda: keys.present() == K1)


@pytest.mark.expected_warnings("child lost.*key watch")
def test_a_watch_that_falls_silent_stops_no_signature_on_its_way(
    skf: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_KEPT", 0.0)
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        keys.plugged()
        assert until(lambda: keys.check().condition is Condition.READY)
        with keys._child._turn:
            blow = Blow(keys)
            assert until(lambda: blow.condition() is Condition.FAILED)
            assert keys.present() == K1
        assert keys.present() == frozenset()


class Blow:
    """Kills the watch of `keys`, once; and once more where it died between two lines, and was simply started again."""

    def __init__(self, keys: SkfKeys) -> None:
        self._keys = keys
        self._killed: int | None = None

    def condition(self) -> Condition:
        process = self._keys._watch._children.process_id
        if process is not None and process != self._killed:
            os.kill(process, signal.SIGKILL)
            self._killed = process
        return self._keys.check().condition


def test_a_library_that_says_no_is_told_by_the_lamp(skf: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_PAUSE", 0.2)
    drawer.plug()
    drawer.order("enum:status=0A000001")
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        assert until(lambda: keys.check().condition is Condition.FAILED)
        look = keys.check()
        assert "0A000001" in look.words
        assert look.advice
        assert until(lambda: keys.check().condition is Condition.READY), "an order is done once"


def test_a_library_that_is_missing_is_told_by_the_lamp(drawer: Drawer) -> None:
    with closing(SkfKeys(str(drawer.folder / "none.so"), terms=TERMS)) as keys:
        assert until(lambda: keys.check().words == "没有找到密码钥匙的驱动库")
        assert keys.present() == frozenset()


def test_a_library_that_cannot_wait_is_looked_at_by_the_clock(skf: Path, drawer: Drawer) -> None:
    drawer.order("wait:status=0A000003")
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        assert until(lambda: keys.check().words == "没有插入")
        drawer.plug()
        assert until(lambda: keys.present() == K1)


def test_a_watch_that_grew_is_replaced(skf: Path, drawer: Drawer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    drawer.plug()
    limits = replace(TERMS.limits, memory=40 << 20)
    drawer.order("list:leak")
    with closing(SkfKeys(str(skf), terms=replace(TERMS, limits=limits))) as keys:
        assert keys.present() <= K1
        assert until(lambda: "it had grown" in caplog.text)
        assert until(lambda: keys.present() == K1)


@pytest.mark.expected_warnings("child lost.*key process")
def test_a_close_ends_what_hangs(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    with closing(SkfKeys(str(skf), terms=replace(TERMS, signing=60.0, asking=2.0))) as keys:
        keys.plugged()
        drawer.order("sign:hang")
        caught: list[str] = []

        def sign() -> None:
            try:
                signed(keys)
            except DeviceError as error:
                caught.append(error.code)

        thread = threading.Thread(target=sign)
        thread.start()
        assert until(lambda: drawer.has_done)
        keys.close()
        thread.join(5.0)
        assert caught == ["DEV-541"]
