"""Makes the training keys anew (python -m tests.seals.training): their secrets are public, and of no force."""

import base64
import json
from pathlib import Path

from client.catalogue import load_catalogue
from tests.seals.authority import Authority, SoftKey

FOLDER = Path("resources/demo/keys")


def make() -> None:
    """Write one file a key, and the root they are certified by."""
    root = Authority.root()
    (FOLDER / "root.cer").write_bytes(root.certificate)
    for number, organ in enumerate(load_catalogue().organs(), start=1):
        key = SoftKey.make()
        words = {
            "label": organ.name,
            "serial": f"TRAINING{number:04}",
            "certificate": base64.b64encode(root.certify(key, organ.name, unit_code=organ.uscc)).decode(),
            "secret": key.secret.hex(),
            "seals": [],
        }
        text = json.dumps(words, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"organ-{number}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make()
