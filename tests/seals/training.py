"""Makes the training keys and seals anew (python -m tests.seals.training): their secrets are public, and of no force.

All at once: a seal holds its key's certificate byte by byte, and the root's own secret is kept nowhere.
"""

import base64
import json
from pathlib import Path

from client.catalogue import load_catalogue
from client.ports.seals import SealPicture
from printing.seals.create import SealWords, seal
from tests.seals.authority import BEGAN, ENDS, Authority
from tests.seals.drawing import WIDTH_MM, seal_picture
from tests.seals.office import Person

FOLDER = Path("resources/demo/keys")
VENDOR = "YICHUANG-TRAINING"
PURPOSES = {"11110101000000003K": "不动产登记专用章", "11110101000000002G": "社会保障业务专用章"}
PURPOSE = "行政许可专用章"  # of an organ that licenses (行政许可法 第三十二条)


def make() -> None:
    """Write one file a key with its seal, and the root they are certified by."""
    root = Authority.root()
    maker = Person.certified(root, "训练用制章人（无效力）")
    (FOLDER / "root.cer").write_bytes(root.certificate)
    for number, organ in enumerate(load_catalogue().organs(), start=1):
        clerk = Person.certified(root, organ.name, unit_code=organ.uscc)
        purpose = PURPOSES.get(organ.uscc, PURPOSE)
        said = SealWords(
            version=4,
            es_id=f"110101000000{number:02}",
            name=f"{organ.name}{purpose}（训练用）",
            vendor=VENDOR,
            holders=(clerk.certificate.der,),
            created_at=BEGAN,
            valid_from=BEGAN,
            valid_to=ENDS,
            picture=SealPicture("PNG", WIDTH_MM, WIDTH_MM, seal_picture(organ.name, purpose, "训练用")),
        )
        words = {
            "label": organ.name,
            "serial": f"TRAINING{number:04}",
            "certificate": _text(clerk.certificate.der),
            "secret": clerk.key.secret.hex(),
            "seals": [_text(seal(said, maker.certificate, maker.key.sign))],
        }
        text = json.dumps(words, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"organ-{number}.json").write_text(text, encoding="utf-8")


def _text(der: bytes) -> str:
    return base64.b64encode(der).decode()


if __name__ == "__main__":
    make()
