"""A hall node is enrolled at a platform: a one-time token becomes its credentials there, kept in a file."""

import os
from contextlib import closing
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from client.errors import Fault, PlatformError
from client.ports.identity import Credentials
from client.text import tr
from sync.platform import HttpPlatform

NOT_OURS = Fault(
    "PLAT-307",
    tr("文件 {file} 不是平台 {url} 发给本节点的凭据"),
    tr("请核对 --upstream 和文件；需要时用 yichuang hub enrol-token 另发一次性令牌，再用 yichuang hub join 登记"),
)
NOT_KEPT = Fault(
    "PLAT-308",
    tr("节点的凭据写不进 {file}（{reason}）"),
    tr("一次性令牌已经用掉；请核对目录和磁盘，另发一个令牌后再登记"),
)


class _Kept(BaseModel):
    """As the file has them."""

    model_config = ConfigDict(frozen=True)

    hub_url: str
    client_id: str
    secret: str = Field(repr=False)


def join(url: str, node: str, token: str, file: Path) -> None:
    """Exchange a one-time token for the credentials of `node` (its URI) and keep them in `file`, for its owner alone.

    Raises PlatformError; a token that is used is used.
    """
    with closing(HttpPlatform(url)) as door:
        given = door.enrol(token, node)
    kept = _Kept(hub_url=given.hub_url, client_id=given.client_id, secret=given.secret)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
            written.write(kept.model_dump_json())
            written.flush()
            os.fsync(written.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise PlatformError(NOT_KEPT, file=file, reason=error.strerror) from error


def credentials_in(file: Path, url: str) -> Credentials:
    """What the platform at `url` gave this node: a secret goes to nobody else. Raises PlatformError."""
    try:
        kept = _Kept.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise PlatformError(NOT_OURS, file=file, url=url) from error
    if kept.hub_url != url.rstrip("/"):
        raise PlatformError(NOT_OURS, file=file, url=url)
    return Credentials(kept.hub_url, kept.client_id, kept.secret)
