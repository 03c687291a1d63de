"""What the platform sends down: judged before anything is sent, numbered, signed, small enough, in force here too."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from client.errors import PlatformError
from client.rules.items import Item
from client.rules.packs import Pack, PackKind
from client.sealing.signed import document_in, public_of
from sync.hub import changes, keys, publishing
from sync.hub.numbers import list_series
from sync.hub.publishing import NOTHING_THERE, WRONG_FILE, Contents, contents_of, grant, publish
from sync.hub.store import Store
from sync.hub.tables import items
from tests.rules.itemdata import item


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store(store_url)
    made.prepare()
    yield made
    made.close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "hub-files"
    folder.mkdir()
    return folder


def of_code(code: str, version: int = 1) -> Item:
    return item(task_handle_item=code, version=version)


def sent(store: Store, files: Path, hall: str = "110101-01") -> list[Pack]:
    """What a window of that hall reads and believes."""
    key = public_of(keys.signing(files))
    return [
        Pack.model_validate_json(document_in(str(change.data["jws"]), key))
        for change in changes.page(store, "", hall).changes
    ]


def in_force(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {row.code: row.version for row in connection.execute(select(items))}


def test_packs_are_numbered_signed_and_put_on_the_feed(store: Store, store_url: str, files: Path) -> None:
    first = publish(store_url, files, Contents(items=(of_code("A"), of_code("B", 3))))
    second = publish(store_url, files, Contents(withdrawn=("A",)), "110101-02")
    third = publish(store_url, files, Contents(policy={"keep_days": 30}), "110101-01")
    assert [*first, *second, *third] == [1, 2, 3]
    one, three = sent(store, files)
    assert ([each.task_handle_item for each in one.items], one.hall) == (["A", "B"], "")
    assert (three.number, three.policy, three.hall) == (3, {"keep_days": 30}, "110101-01")
    assert [pack.number for pack in sent(store, files, "110101-02")] == [1, 2]
    assert document_in(third[3], public_of(keys.signing(files)))  # the very same for a stick


def test_what_every_hall_was_sent_is_in_force_at_the_hub_and_never_goes_back(
    store: Store, store_url: str, files: Path
) -> None:
    publish(store_url, files, Contents(items=(of_code("A", 2), of_code("A", 4), of_code("B"))))
    publish(store_url, files, Contents(items=(of_code("A", 3),)))
    publish(store_url, files, Contents(items=(of_code("B", 9),)), "110101-01")  # one hall's trial
    assert in_force(store) == {"A": 4, "B": 1}


def test_a_long_catalogue_goes_in_several_packs_and_a_giant_alone(
    store: Store, store_url: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(of_code("0").model_dump_json().encode())
    monkeypatch.setattr(publishing, "PACK_BYTES", 2 * size + size // 2)
    many = tuple(of_code(str(n)) for n in range(5))
    giant = item(task_handle_item="5", legal_basis=[{**many[0].legal_basis[0].model_dump(), "article": "字" * size}])
    publish(store_url, files, Contents(items=(*many, giant), withdrawn=("X",)))
    packs = sent(store, files)
    assert [[each.task_handle_item for each in pack.items] for pack in packs] == [["0", "1"], ["2", "3"], ["4"], ["5"]]
    assert [pack.withdrawn for pack in packs] == [("X",), (), (), ()]


def test_a_folder_a_file_and_codes_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "items"
    folder.mkdir()
    for code in "BA":
        (folder / f"{code}.json").write_text(of_code(code).model_dump_json())
    (folder / "notes.txt").write_text("not read")
    assert [each.task_handle_item for each in contents_of(PackKind.CATALOGUE, folder, ["X"]).items] == ["A", "B"]
    assert contents_of(PackKind.CATALOGUE, None, ["X"]) == Contents(withdrawn=("X",))
    assert contents_of(PackKind.CATALOGUE, folder / "A.json").items == (of_code("A"),)
    policy = tmp_path / "policy.json"
    policy.write_text('{"upload_kib": 512}')
    assert contents_of(PackKind.POLICY, policy) == Contents(policy={"upload_kib": 512})
    shipped = Path("resources/calendar")
    assert [year.year for year in contents_of(PackKind.CALENDAR, shipped).years] == [2025, 2026, 2027]


@pytest.mark.parametrize(
    ("kind", "content", "place"),
    [
        (PackKind.CATALOGUE, "{", "全文"),
        (PackKind.CATALOGUE, "{}", "task_code"),
        (PackKind.CALENDAR, '{"year": 1}', "source"),
        (PackKind.POLICY, '{"keep_days": 0}', "keep_days"),
        (PackKind.POLICY, '{"hub_url": "https://elsewhere.example"}', "hub_url"),
    ],
)
def test_a_broken_file_is_named_with_the_place_in_it(tmp_path: Path, kind: PackKind, content: str, place: str) -> None:
    file = tmp_path / "sent.json"
    file.write_text(content)
    with pytest.raises(PlatformError) as caught:
        contents_of(kind, file)
    assert (caught.value.fault, caught.value.parameters["place"]) == (WRONG_FILE, place)
    with pytest.raises(PlatformError) as caught:
        contents_of(kind, tmp_path / "nowhere.json")
    assert caught.value.fault is WRONG_FILE


@pytest.mark.parametrize("kind", list(PackKind))
def test_nothing_is_not_sent(tmp_path: Path, kind: PackKind) -> None:
    for place in (tmp_path, None):
        with pytest.raises(PlatformError) as caught:
            contents_of(kind, place)
        assert caught.value.fault is NOTHING_THERE


def test_a_block_is_granted_to_one_window_of_one_hall(store: Store, store_url: str) -> None:
    window = "urn:yichuang:window:110101-01-07"
    block = grant(store_url, window, "示〔2026〕", 20)
    grant(store_url, window, "示〔2026〕", 5)
    assert (block.first, block.last) == (1, 20)
    told = [change.data for change in changes.page(store, "", "110101-01").changes]
    assert told[0] == {"window": window, "key": block.key, "series": "示〔2026〕", "first": 1, "last": 20}
    assert (told[1]["first"], told[1]["last"]) == (21, 25)
    assert changes.page(store, "", "110101-02").changes == []
    assert [(row.series, row.last, row.blocks) for row in list_series(store_url)] == [("示〔2026〕", 25, 2)]


def test_the_signing_key_is_made_once_and_a_damaged_one_is_told(files: Path) -> None:
    assert keys.signing(files).private_bytes_raw() == keys.signing(files).private_bytes_raw()
    (files / keys.SIGNING_FILE).write_text(json.dumps("damaged"))
    with pytest.raises(PlatformError) as caught:
        keys.signing(files)
    assert caught.value.code == "PLAT-hub-key"
