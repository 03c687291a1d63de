"""The photo of a card beside its person: in sight while they are, a silhouette where there is none, kept nowhere."""

import json
from dataclasses import replace
from io import BytesIO

from PIL import Image
from pytestqt.qtbot import QtBot

from client.ports.id_card import DocumentKind, IdentityDocument
from devices.idcard.cards import SAMPLES
from tests.ui.left import lay
from ui.seat import Seat

CARD = IdentityDocument(DocumentKind.RESIDENT, name="张三", number=SAMPLES["resident"].fields["number"])


def red() -> bytes:
    file = BytesIO()
    Image.new("RGB", (102, 126), "red").save(file, "PNG")
    return file.getvalue()


def test_the_photo_stands_beside_the_person_and_goes_with_the_case(qtbot: QtBot, seat: Seat) -> None:
    left = lay(qtbot, seat)
    people = left.people
    photo = people._view._photo

    def read(document: IdentityDocument) -> str:
        people._was_read(people._turn, document)
        return photo.accessibleName()

    assert read(CARD) == "没有证件照片"
    silhouette = photo.pixmap().toImage()
    assert not silhouette.isNull()
    assert read(replace(CARD, photo_picture=red())) == "证件照片"
    shown = photo.pixmap().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).name() == "#ff0000"
    assert "photo" not in json.dumps(people.pending())
    assert read(replace(CARD, photo_picture=b"no picture")) == "没有证件照片"
    assert photo.pixmap().toImage() == silhouette
    read(replace(CARD, photo_picture=red()))
    people._see(None)
    assert people._photo == ("", None), "nobody is kept for whoever comes next"
    assert photo.accessibleName() == "没有证件照片"
    assert read(CARD) == "没有证件照片", "the next one has no photo of the last"


def test_what_is_typed_over_a_card_has_no_photo(qtbot: QtBot, seat: Seat) -> None:
    left = lay(qtbot, seat)
    people = left.people
    people._was_read(people._turn, replace(CARD, photo_picture=red()))
    people._typed(people._now.with_word("applicant", "name", "李四"))
    people._paint()
    assert people._view._photo.accessibleName() == "没有证件照片"
