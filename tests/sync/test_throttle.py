"""What policy leaves to sending: one bucket for all files together, and a body that goes in small pieces."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from sync.platform import HttpPlatform
from sync.throttle import AT_ONCE, Body, Throttle
from sync.transport import Transport
from tests.hubs import LocalHub
from tests.sync.sample import NOW, sha256


class Time:
    """Passes only when somebody rests."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    def rest(self, seconds: float) -> None:
        self.now += seconds


def throttle(rate: int, passing: Time) -> Throttle:
    return Throttle(rate, clock=passing.clock, rest=passing.rest)


def test_bytes_go_no_faster_than_the_rate_whoever_sends_them() -> None:
    passing = Time()
    bucket = throttle(1_000, passing)
    for _ in range(50):
        bucket.take(100)
    assert passing.now == pytest.approx(105.0)


def test_a_silence_is_made_up_for_by_a_moment_at_most() -> None:
    passing = Time()
    bucket = throttle(1_000, passing)
    passing.now += 3_600
    began = passing.now
    bucket.take(int(1_000 * AT_ONCE))
    assert passing.now == began
    bucket.take(1_000)
    assert passing.now == pytest.approx(began + 1)


def test_without_a_rate_nobody_waits() -> None:
    passing = Time()
    Throttle(clock=passing.clock, rest=passing.rest).take(1 << 40)
    assert passing.now == 100.0


def test_a_body_is_what_it_was_and_takes_its_turn_piece_by_piece() -> None:
    passing = Time()
    body = Body(b"0123456789", throttle(1, passing))
    assert [body.read(4), body.read(4), body.read(4)] == [b"0123", b"4567", b"89"]
    assert passing.now == pytest.approx(110.0)


def test_files_together_keep_to_the_rate(tmp_path: Path) -> None:
    rate, size, count = 256 << 10, 64 << 10, 4
    with LocalHub(tmp_path) as hub:
        platform = HttpPlatform(hub.url, upload_rate=rate)
        platform.missing([])  # the hub is up
        contents = [os.urandom(size) for _ in range(count)]
        went = [threading.Thread(target=platform.upload, args=(sha256(each), each)) for each in contents]
        began = time.monotonic()
        for each in went:
            each.start()
        for each in went:
            each.join()
        took = time.monotonic() - began
        assert platform.missing([sha256(each) for each in contents]) == []
        platform.close()
    assert took >= size * count / rate - AT_ONCE


def take_slowly(listener: socket.socket, length: int) -> None:
    """Take a request in small sips, and answer it."""
    connection, _ = listener.accept()
    with connection:
        taken, sip = 0, b"-"
        while sip and taken < length:
            time.sleep(0.01)
            sip = connection.recv(64 << 10)
            taken += len(sip)
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_a_slow_line_has_patience_for_each_piece_and_not_for_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole body handed to the socket at once would have to be gone within the patience for a connection."""
    monkeypatch.setattr("sync.transport.CONNECT_TIMEOUT", 0.5)
    size = 12 << 20  # more than the kernel keeps for us
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        hall = threading.Thread(target=take_slowly, args=(listener, size))
        hall.start()
        transport = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}", lambda: NOW)
        began = time.monotonic()
        assert transport.exchange("POST", "/", body=bytes(size)).status == 404
        took = time.monotonic() - began
        transport.close()
        hall.join()
    assert took > 1.0
