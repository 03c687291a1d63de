"""The training keys as they are shipped: each with a seal that is right, its own, and says that it is of no force."""

from io import BytesIO

import pytest
from PIL import Image

from client.catalogue import load_catalogue
from client.ports.keys import KeyOnHand
from client.proof.certificates import Certificate
from client.proof.chain import Trust
from devices.keys.simulated import SimulatedKeys
from printing.seals.judge import judge_seal
from printing.seals.structures import SesSeal
from tests.house.sources import ROOT
from tests.seals.drawing import DPI, WIDTH_MM
from tests.seals.office import SIGNED_AT

FOLDER = ROOT / "resources" / "demo" / "keys"
KEYS = SimulatedKeys()
TRUST = Trust.parse([(FOLDER / "root.cer").read_bytes()])


@pytest.mark.parametrize("key", KEYS.plugged(), ids=lambda key: key.serial)
def test_a_training_seal_is_right_and_its_keys_own(key: KeyOnHand) -> None:
    (der,) = KEYS.seals(key.id)
    read = SesSeal.parse(der)
    assert judge_seal(der, SIGNED_AT, TRUST).ok
    assert read.binds(key.certificates[0].der)
    assert not read.binds(TRUST.roots[0].der)
    assert (read.version, read.seal.name.startswith(key.label)) == (4, True)
    assert read.seal.name.endswith("专用章（训练用）")
    picture = Image.open(BytesIO(read.seal.picture.content))
    assert (read.seal.picture.width_mm, picture.width) == (WIDTH_MM, round(WIDTH_MM * DPI / 25.4))
    assert picture.convert("RGBA").getpixel((0, 0)) == (214, 0, 24, 0), "clear outside the ring"


def test_each_organ_has_one() -> None:
    units = [key.certificates[0].unit_code for key in KEYS.plugged()]
    assert units == [organ.uscc for organ in load_catalogue().organs()]
    assert len({SesSeal.parse(KEYS.seals(key.id)[0]).seal.es_id for key in KEYS.plugged()}) == len(units)
    assert "无效力" in Certificate.parse((FOLDER / "root.cer").read_bytes()).holder
