"""`yichuang hub publish`, `hub grant` and `yichuang packs`: by the feed and on a stick, as a person types them."""

import json
from pathlib import Path

from client.catalogue import load_catalogue
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.hubs import HubProcess


def item_file(folder: Path, version: int, **change: object) -> Path:
    old = load_catalogue().find("食品经营许可")
    file = folder / f"item-{version}.json"
    file.write_text(json.dumps(old.model_dump(mode="json") | {"version": version, **change}), encoding="utf-8")
    return file


def test_what_is_published_reaches_the_window_by_the_feed(window: Window, tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        at = ("--store", hub.store_url, "--files", hub.files)
        done = typed("hub", "publish", "catalogue", item_file(tmp_path, 7, name="示例新事项"), *at, "--json")
        assert done.document == {"kind": "catalogue", "hall": "", "packs": [1], "files": []}
        policy = tmp_path / "policy.json"
        policy.write_text('{"idle_lock_minutes": 3}')
        assert typed("hub", "publish", "policy", policy, *at).out == "已下发 1 个目录包，编号 2\n"
        window.run("sync", "--once", "--hub", hub.url)
        assert window.told("packs", "list") == [
            f"catalogue  {load_catalogue().find('食品经营许可').task_handle_item}  示例新事项 第7版  目录包 1",
            "policy    idle_lock_minutes=3  目录包 2",
        ]
        assert window.run("intake", window.example).status == 0  # the same item, in its new version
        code = load_catalogue().find("食品经营许可").task_handle_item
        assert typed("hub", "publish", "catalogue", "--withdraw", code, *at).out == "已下发 1 个目录包，编号 3\n"
        window.run("sync", "--once", "--hub", hub.url)
        assert window.told("packs", "list")[0].endswith("示例新事项 第7版（不再受理）  目录包 1")
        assert window.run("intake", window.example).error["code"] == "RULE-121"


def test_a_pack_comes_on_a_stick_where_its_signer_is_trusted(window: Window, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with HubProcess(tmp_path) as hub:
        at = ("--store", hub.store_url, "--files", hub.files)
        made = typed("hub", "publish", "catalogue", item_file(tmp_path, 7), *at, "--out", stick, "--json").document
        (file,) = made["files"]
        assert window.run("packs", "import", file).error["code"] == "STORE-204"
        window.write_setting(f'hub_url = "{hub.url}"')
        key = window.run("packs", "trust").document["pack_key"]
    assert window.run("packs", "trust", "--key", key).document == {"pack_key": key}
    other = "1" if key[0] == "0" else "0"
    assert window.run("packs", "trust", "--key", f"{other}{key[1:]}").error["code"] == "STORE-185"
    imported = window.run("packs", "import", file).document
    assert imported == {"number": 1, "contents": ["catalogue"], "new": True}
    assert window.told("packs", "import", file) == ["目录包 1 的内容本窗口都已有"]
    assert [each["version"] for each in window.run("packs", "list").document] == [7]
    assert window.told("packs", "forget") == ["已清除平台下发的 1 项内容"]
    assert window.run("packs", "list").document == []


def test_what_is_no_pack_is_refused_with_a_sentence(window: Window, tmp_path: Path) -> None:
    window.write_setting(f'pack_key = "{"00" * 32}-66687aad"')
    for content, code in ((b"not a pack", "STORE-188"), ("包".encode(), "STORE-188"), (None, "STORE-187")):
        file = tmp_path / "x.pack"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        assert window.run("packs", "import", file).error["code"] == code


def test_a_block_is_granted_by_hand(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        words = ("hub", "grant", "110101-01-07", "示〔2026〕", "10", "--store", hub.store_url)
        assert typed(*words).out == "110101-01-07  示〔2026〕  第1号至第10号\n"
        assert typed(*words, "--json").document["first"] == 11
        assert typed("hub", "grant", "110101-01-07", "示", "10", "--store", hub.store_url).status == 2
        assert typed("hub", "grant", "elsewhere", "示〔2026〕", "10", "--store", hub.store_url).status == 2


def test_wrong_words_send_nothing(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        at = ("--store", hub.store_url, "--files", hub.files)
        assert typed("hub", "publish", "catalogue", *at, "--json").error["code"] == "PLAT-314"
        assert typed("hub", "publish", "catalogue", item_file(tmp_path, 7), *at, "--hall", "x").status == 2
        assert typed("hub", "publish", "policy", "--withdraw", "X", *at).status == 2
        code = load_catalogue().find("食品经营许可").task_handle_item
        assert typed("hub", "publish", "catalogue", "--withdraw", code, *at, "--out", tmp_path / "nowhere").status == 2
        short = typed("hub", "publish", "catalogue", "--withdraw", code[:-2], *at)  # its 实施编码: it withdrew nothing
        assert (short.status, short.out) == (2, "")
        assert f"{code[:-2]}不是33位的业务办理项编码" in short.err
