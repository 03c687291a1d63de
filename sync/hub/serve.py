"""The hub as a program: opened on a port, until it is told to stop.

It has no TLS of its own. Windows speak plain http to this machine alone, so a hub for a hall listens on loopback
behind a proxy that ends TLS (nginx, Caddy).
"""

import gc
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from client.errors import PlatformError
from sync.faults import HUB_WITHOUT_TOKEN
from sync.hub.app import create_app
from sync.hub.limits import Limits
from sync.hub.relay import Upstream
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.transport import is_loopback

_PRIVATE = 0o077  # umask: what the hub writes is nobody else's to read
_NO_LIMITS = Limits()
_GRACE = 5  # seconds a request may still take after SIGTERM


class _Announcing(uvicorn.Server):
    """Says where it listens as soon as it answers; asked to stop, it lets the waiting windows go first."""

    def __init__(self, app: FastAPI, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stopping = True
        await super().shutdown(sockets)


def serve(
    host: str,
    port: int,
    store_url: str,
    files_dir: Path,
    token: str | None = None,
    announce: Callable[[str], None] = lambda _url: None,
    limits: Limits = _NO_LIMITS,
    *,
    enrolled_only: bool = False,
    upstream: Upstream | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is called once with the URL, the bound port in it (0 = any free one).

    `enrolled_only`: /v1 is for enrolled windows, `token` opens /metrics alone. Its store and files are readable by this
    user alone. Raises PlatformError when `host` is not this machine alone and no token guards the door, when the store
    cannot be opened, or when it is a hall node's and no `upstream` is given; OSError when the port is taken or the
    folder cannot be made.
    """
    if token is None and not is_loopback(host):
        raise PlatformError(HUB_WITHOUT_TOKEN, host=host)
    before = os.umask(_PRIVATE)
    try:
        app = create_app(store_url, files_dir, token, limits, enrolled_only=enrolled_only, upstream=upstream)
        with closing(Store(store_url)) as store:  # here, where a failure is told in words; the server opens it again
            store.prepare()
            store.pass_on_to(upstream.url if upstream is not None else None)
        Shelf(files_dir).prepare()
        _serve(app, host, port, announce)
    finally:
        os.umask(before)


def _serve(app: FastAPI, host: str, port: int, announce: Callable[[str], None]) -> None:
    with _listen(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listener.getsockname()[1]}"
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=_GRACE)
        if threading.current_thread() is threading.main_thread():
            # uvicorn stops gracefully and then raises the signal again: that second one ends nothing more
            signal.signal(signal.SIGTERM, lambda *_: None)
            signal.signal(signal.SIGINT, lambda *_: None)
        gc.collect()
        gc.freeze()  # what is loaded by now stays: a batch makes many things, and walking all of it each time costs
        _Announcing(app, config, lambda: announce(url)).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family, backlog=512)
    # Taken up by its number it knows that it is TCP (`proto`), and only so does asyncio switch Nagle's algorithm off
    # for its connections: with it, an answer in two writes waits 40 ms for the other end's delayed acknowledgement.
    return socket.socket(fileno=made.detach())
