"""Items by name, pinyin and code, as a clerk types them."""

import pytest

from client.desk.item_search import ItemFinder
from client.rules.items import Item
from tests.desk.counter import CARD, COMPANY, FOOD, HOUSE, ITEMS, packaged


def named(*names: str) -> list[Item]:
    """Items that differ in name and code alone."""
    one = packaged()["catalogue"].find(FOOD)
    return [one.model_copy(update={"name": name, "task_handle_item": f"T{n}"}) for n, name in enumerate(names)]


@pytest.fixture(scope="module")
def finder() -> ItemFinder:
    return ItemFinder([packaged()["catalogue"].find(name) for name in ITEMS])


def found(finder: ItemFinder, words: str) -> list[str]:
    return [item.name for item in finder.find(words)]


@pytest.mark.parametrize(
    "words", ["食品", "经营许可", "spjy", "SPJYXK", "ｓｐ", "shipinjing", "shi pin", "shipjyxk", "jyxk", "jingying"]
)
def test_an_item_is_found_by_what_a_clerk_types(finder: ItemFinder, words: str) -> None:
    assert found(finder, words) == [packaged()["catalogue"].find(FOOD).name]


def test_an_item_is_found_by_its_codes(finder: ItemFinder) -> None:
    item = packaged()["catalogue"].find(HOUSE)
    for code in (item.task_handle_item, item.task_code, item.task_code.lower()):
        assert found(finder, code)[0] == item.name
    assert item.name in found(finder, item.task_handle_item[:20])


def test_no_words_find_everything_in_the_catalogues_order(finder: ItemFinder) -> None:
    assert found(finder, " ") == [packaged()["catalogue"].find(name).name for name in (FOOD, COMPANY, CARD, HOUSE)]


@pytest.mark.parametrize("words", ["没有", "xyz", "spjyxkspjyxkspjyxk", "食品公司"])
def test_what_fits_nothing_finds_nothing(finder: ItemFinder, words: str) -> None:
    assert found(finder, words) == []


def test_a_character_is_found_by_each_of_its_readings() -> None:
    finder = ItemFinder(named("银行开户", "行走"))
    assert found(finder, "yh") == found(finder, "yinhang") == found(finder, "yx") == ["银行开户"]
    assert found(finder, "xingzou") == found(finder, "hangz") == ["行走"]


def test_the_beginning_goes_before_the_middle_and_the_name_before_the_pinyin() -> None:
    finder = ItemFinder(named("变更登记（sl）", "公司设立登记", "设立登记", "SL许可"))
    assert found(finder, "sl") == ["SL许可", "变更登记（sl）", "设立登记", "公司设立登记"]
    assert found(finder, "登记") == ["变更登记（sl）", "公司设立登记", "设立登记"]
