"""The demo hall's platform: a hub of its own process on loopback, as long as the window is open."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from client.config import Settings
from client.errors import Fault, PlatformError
from client.program import own_program
from client.text import tr

NOT_UP = Fault("PLAT-312", tr("演示平台没有启动"), tr("窗口可以单机演示；请查看 {log}"))
PATIENCE = 10.0  # seconds for it to end


@contextmanager
def embedded_hub(folder: Path, settings: Settings) -> Iterator[Settings]:
    """Serve a platform whose data lie in `folder`; the settings, with its address.

    Raises PlatformError when it does not come up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "hub.log"
    store = f"sqlite:///{(folder / 'hub.db').absolute()}"
    words = ["hub", "serve", "--listen", "127.0.0.1:0", "--store", store, "--files", str(folder / "files")]
    words += ["--until-input-ends", "--json"]  # also when this window is killed
    with log.open("a", encoding="utf-8") as errors:
        hub = subprocess.Popen(  # noqa: S603 - our own program
            [*own_program(), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        line = hub.stdout.readline() if hub.stdout else ""
        if not line:
            raise PlatformError(NOT_UP, log=log)
        yield settings.model_copy(update={"hub_url": str(json.loads(line)["url"])})
    finally:
        hub.terminate()
        try:
            hub.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            hub.kill()
            hub.wait()
        for pipe in (hub.stdin, hub.stdout):
            if pipe:
                pipe.close()
