"""What is wrong with the settings as they stand on a page, field by field, in words."""

from collections.abc import Mapping

from pydantic import ValidationError

from client.config import Settings
from client.rules.reasons import reason
from client.text import tr

WRONG: Mapping[str, str] = {
    "region": tr("应为 6 位数字的行政区划代码"),
    "hall_code": tr("应为 2 位数字"),
    "hall_name": tr("请填写大厅名称"),
    "window_no": tr("应为 2 位数字"),
    "paper_serials": tr("应为两个自然数，起始号不大于截止号"),
    "hub_url": tr("应以 https:// 开头；空着表示单机工作"),
    "scanner": tr("应选找到的扫描仪，或写 sane:、escl:、folder:、camera: 和它的名称、地址、文件夹、序号"),
    "camera": tr("应选找到的高拍仪，或写 camera: 和它的序号"),
    "seal_key": tr("应写 pcsc: 或 skf: 加驱动库的路径"),
    "rating_port": tr("应写串口和帧格式，如 COM5?digit-from-best"),
    "printer": tr("应选找到的打印机，或写 ipp://、ipps://、escpos:、system:、folder: 开头的地址"),
}


def settled(values: Mapping[str, object]) -> tuple[Settings | None, Mapping[str, str]]:
    """The settings, or what is wrong with each field (by its name in the settings)."""
    try:
        return Settings.model_validate(values), {}
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        return None, {str(each["loc"][0]): WRONG.get(str(each["loc"][0]), reason(each["type"])) for each in found}


def wrong(name: str, value: object) -> str:
    """What is wrong with the value of one field; "" when nothing is."""
    return settled({name: value})[1].get(name, "")
