"""What can go wrong between a key and the window; every stack's codes are translated into these at one border."""

from client.errors import Fault
from client.text import tr

NO_KEY = Fault(
    "DEV-501", tr("没有找到{device}"), tr("请插入智能密码钥匙后再试；仍找不到请更换USB接口，并联系大厅技术人员")
)
PULLED = Fault("DEV-502", tr("{device}在使用中被拔出"), tr("没有签出任何内容；请插回后再做一次，完成前不要拔出"))
WRONG_PIN = Fault(
    "DEV-503", tr("口令不对，还可以试{tries}次"), tr("请核对后再输；剩最后一次时请先联系钥匙的管理人，以免锁死")
)
PIN_LOCKED = Fault(
    "DEV-504",
    tr("{device}的口令已锁死"),
    tr("请带上钥匙找签发机构或钥匙的管理人解锁；解锁前可出具接收凭证，或者加盖实体印章并登记"),
)
WRONG_PIN_UNCOUNTED = Fault("DEV-505", tr("口令不对"), tr("请核对后再输；{device}不告知剩余次数，多次输错可能锁死"))
PIN_SHAPE = Fault("DEV-506", tr("口令的长度或字符不对"), tr("请核对后再输；这一次没有送到{device}，不计次数"))
SIGNED_WRONGLY = Fault(
    "DEV-507",
    tr("{device}给出的签名经核验不对"),
    tr("没有用印；请重新插拔钥匙再做一次，仍不对请把钥匙的型号和驱动版本告知大厅技术人员（可能对摘要重复做了杂凑）"),
)
NO_SUCH_CERTIFICATE = Fault("DEV-508", tr("{device}中没有这张证书"), tr("钥匙可能换过；请重新选择钥匙和证书"))
WRONG_ADDRESS = Fault(
    "DEV-509",
    tr("不认识密码钥匙的地址{address}"),
    tr("可用的写法：{known}；几个之间用分号隔开，请大厅管理员更正"),
)
