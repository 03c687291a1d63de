"""A document shown by a code: asked of a real hub by the platform's client, and told when there is none."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from client.errors import PlatformError
from client.ports.id_card import DocumentKind
from devices.idcard.cards import SAMPLES
from sync.faults import NOT_SHOWN
from sync.hub.shown import FILE
from sync.platform import HttpPlatform
from tests.hubs import LocalHub

CARD = SAMPLES["resident"].fields
DOCUMENT = {
    "kind": "resident", "name": CARD["name"], "number": CARD["number"], "sex": "男", "nation": "汉",
    "birth": "1901-01-01", "address": CARD["address"], "valid_from": "2020-01-01", "valid_to": "长期",
}  # fmt: skip
CODE = "https://example.org/show?t=0001"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


def platform(hub: LocalHub) -> HttpPlatform:
    return HttpPlatform(hub.url)


def put(hub: LocalHub, text: str) -> None:
    (hub.files / FILE).write_text(text, encoding="utf-8")


def test_the_document_behind_a_code_comes_down(hub: LocalHub) -> None:
    put(hub, json.dumps({CODE: DOCUMENT}))
    with closing(platform(hub)) as asked:
        document = asked.shown(CODE)
    assert (document.kind, document.name, document.number) == (DocumentKind.RESIDENT, "张三", CARD["number"])
    assert (document.birth, document.valid_to, document.issuer) == (date(1901, 1, 1), "长期", None)
    assert not document.is_of_chip


def test_a_code_nobody_knows_is_told(hub: LocalHub) -> None:
    with closing(platform(hub)) as asked:
        for _ in range(2):
            with pytest.raises(PlatformError) as caught:
                asked.shown(CODE)
            assert caught.value.fault is NOT_SHOWN
            put(hub, json.dumps({"another": DOCUMENT}))


@pytest.mark.parametrize("text", ["no JSON", "[]", '{"a": {"kind": "passport-ish"}}'])
def test_a_damaged_file_is_the_hubs_own_trouble(hub: LocalHub, text: str) -> None:
    put(hub, text)
    with closing(platform(hub)) as asked, pytest.raises(PlatformError) as caught:
        asked.shown(CODE)
    assert caught.value.fault is not NOT_SHOWN
