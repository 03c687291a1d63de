"""The item catalogue, the rules of intake and the work calendar, read from data files into values of the rules.

The packaged files (resources/) are the sample; a hall's own folder has the same shape. A broken file is
refused whole, with its name and the place in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from client.errors import CaseError, Fault, StoreError
from client.rules.deadlines import CalendarYear, WorkCalendar
from client.rules.items import IntakeRegime, Item, Organ, Rule
from client.rules.names import FoldingTable, folding_table
from client.rules.reasons import first_wrong
from client.rules.regimes import Regime
from client.text import bracketed, listed, tr

REGIMES_FILE = "regimes.json"
SCHEMA_FILE = "catalogue.schema.json"
EXAMPLES_FOLDER = "examples"
FOLDING_FILE = "gb18030_pua.json"

Model = TypeVar("Model", bound=BaseModel)
Key = TypeVar("Key")

UNKNOWN_ITEM = Fault(
    "RULE-121",
    tr("事项目录中没有“{wanted}”"),
    tr("请核对实施编码、业务办理项编码或事项名称；如确有该事项，请大厅管理员更新事项目录"),
)
SEVERAL_ITEMS = Fault(
    "RULE-122", tr("“{wanted}”对应多个事项：{names}"), tr("请改用其中一个的业务办理项编码，或者输入更完整的名称")
)
UNKNOWN_VERSION = Fault(
    "RULE-123",
    tr("事项目录中没有业务办理项编码{task_handle_item}的第{version}版"),
    tr("办件按开始办理时的版本办理，请大厅管理员恢复该版本的事项文件"),
)
BROKEN_FILE = Fault(
    "RULE-124",
    tr("数据文件{file}不能使用：{place}（{reason}）"),
    tr("请大厅管理员更正该文件，或者恢复安装时的文件；更正前不要办理所涉事项"),
)
SAME_TWICE = Fault(
    "RULE-125", tr("数据文件{file}与{other}说的是同一内容：{what}"), tr("请大厅管理员只保留其中一个文件")
)
NO_EXAMPLE = Fault("RULE-126", tr("“{item}”没有示例"), tr("请换一个事项，或者按事项的表单自行填写"))


class _RegimeFile(Rule):
    regimes: tuple[Regime, ...]


class Example(BaseModel):
    """A complete valid filling-in of one item, with test data alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task_handle_item: str
    situations: Mapping[str, str]
    applicant: Mapping[str, str | None]
    attendee: Mapping[str, str | None]
    collection: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items a window takes in, every version of them."""

    items: tuple[Item, ...]
    examples: Mapping[str, Example]  # by 业务办理项编码: one 实施编码 may have several

    def find(self, wanted: str) -> Item:
        """The newest version of the item meant: by code (业务办理项编码, 实施编码), name, or a part of one name.

        Raises CaseError when there is none, or when an 实施编码 or a part of a name fits several.
        """
        wanted = wanted.strip()
        newest = self.newest()
        fitting = (
            [item for item in newest if wanted == item.task_handle_item]
            or [item for item in newest if wanted in {item.task_code, item.name}]
            or [item for item in newest if wanted and wanted in item.name]
        )
        if not fitting:
            raise CaseError(UNKNOWN_ITEM, wanted=wanted)
        if len(fitting) > 1:
            names = listed(item.name + bracketed(item.task_handle_item) for item in fitting)
            raise CaseError(SEVERAL_ITEMS, wanted=wanted, names=names)
        return fitting[0]

    def get(self, task_handle_item: str, version: int) -> Item:
        """The very version a case is pinned to. Raises CaseError when it is not in the catalogue."""
        for item in self.items:
            if (item.task_handle_item, item.version) == (task_handle_item, version):
                return item
        raise CaseError(UNKNOWN_VERSION, task_handle_item=task_handle_item, version=version)

    def newest(self) -> tuple[Item, ...]:
        """The newest version of every item."""
        best: dict[str, Item] = {}
        for item in sorted(self.items, key=lambda item: item.version):
            best[item.task_handle_item] = item
        return tuple(best.values())

    def organs(self) -> tuple[Organ, ...]:
        """The organs whose items these are, each once."""
        return tuple({item.organ.uscc: item.organ for item in self.newest()}.values())

    def example(self, item: Item) -> Example:
        """The example of `item`. Raises CaseError when it has none."""
        if item.task_handle_item not in self.examples:
            raise CaseError(NO_EXAMPLE, item=item.name)
        return self.examples[item.task_handle_item]


def load_catalogue(folder: Traversable | None = None) -> Catalogue:
    """The items of `folder` (the packaged sample when None), and its examples.

    Raises StoreError naming the file and the place in it when one is broken.
    """
    folder = folder or resources.files("resources") / "catalogue"
    seen: dict[tuple[str, int], str] = {}
    items = []
    for file in _json_files(folder):
        if file.name in {REGIMES_FILE, SCHEMA_FILE}:
            continue
        item = _read(file, Item)
        _refuse_twice(seen, (item.task_handle_item, item.version), file, what=item.name)  # what cases are pinned to
        items.append(item)
    examples = (_read(file, Example) for file in _json_files(folder / EXAMPLES_FOLDER))
    return Catalogue(items=tuple(items), examples={example.task_handle_item: example for example in examples})


def load_regimes(folder: Traversable | None = None) -> Mapping[IntakeRegime, Regime]:
    """The rules of intake, one for each regime. Raises StoreError when the file is broken or one is missing."""
    file = (folder or resources.files("resources") / "catalogue") / REGIMES_FILE
    regimes = {regime.regime: regime for regime in _read(file, _RegimeFile).regimes}
    if missing := sorted(set(IntakeRegime) - set(regimes)):
        raise StoreError(
            BROKEN_FILE, file=file.name, place="regimes", reason=tr("缺少{names}").format(names=listed(missing))
        )
    return regimes


def load_calendar(folder: Traversable | None = None) -> WorkCalendar:
    """The work calendar of all years in `folder`. Raises StoreError when a file is broken."""
    seen: dict[int, str] = {}
    years = []
    for file in _json_files(folder or resources.files("resources") / "calendar"):
        year = _read(file, CalendarYear)
        _refuse_twice(seen, year.year, file, what=str(year.year))
        years.append(year)
    return WorkCalendar.of(years)


def load_folding(folder: Traversable | None = None) -> FoldingTable:
    """The private-use characters of old systems and what they stand for. Raises StoreError when it is broken."""
    file = (folder or resources.files("resources") / "codes") / FOLDING_FILE
    try:
        return folding_table(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise StoreError(BROKEN_FILE, file=file.name, place=tr("全文"), reason=tr("读不到或内容不对")) from wrong


def item_schema() -> dict[str, Any]:
    """JSON Schema of an item file, as kept in resources/catalogue/catalogue.schema.json for those who write one."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Item.model_json_schema()}


def _json_files(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        yield from sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)


def _read(file: Traversable, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(file.read_bytes())
    except ValidationError as wrong:
        raise StoreError(BROKEN_FILE, file=file.name, **first_wrong(wrong)) from wrong
    except OSError as wrong:
        raise StoreError(BROKEN_FILE, file=file.name, place=tr("全文"), reason=tr("读不到")) from wrong


def _refuse_twice(seen: dict[Key, str], key: Key, file: Traversable, *, what: str) -> None:
    if key in seen:
        raise StoreError(SAME_TWICE, file=file.name, other=seen[key], what=what)
    seen[key] = file.name
