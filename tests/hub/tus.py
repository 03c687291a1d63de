"""Headers of the tus protocol, as any client of it would write them."""

import base64
import hashlib

TUS = {"Tus-Resumable": "1.0.0"}
STREAM = {"Content-Type": "application/offset+octet-stream"}


def creation(content: bytes, digest: str | None = None) -> dict[str, str]:
    """Headers that declare a file; `digest` when another one is to be promised."""
    promised = digest or hashlib.sha256(content).hexdigest()
    name = base64.b64encode("申请表.jpg".encode()).decode()
    metadata = f"filename {name},sha256 {base64.b64encode(promised.encode()).decode()}"
    return TUS | {"Upload-Length": str(len(content)), "Upload-Metadata": metadata}


def checksum(piece: bytes) -> dict[str, str]:
    return {"Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(piece).digest()).decode()}"}
