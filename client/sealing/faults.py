"""Every way something sealed can fail to open, as sentences."""

from client.errors import Fault
from client.text import tr

NOT_SEALED = Fault(
    "STORE-181",
    title=tr("{file} 不是一窗的加密文件"),
    advice=tr("请核对选择的文件；其中没有任何内容被采用"),
)
NOT_FOR_THIS_KEY = Fault(
    "STORE-182",
    title=tr("{file} 不是加密给这把钥匙的（{key}），打不开"),
    advice=tr("请核对是不是本大厅、本平台的文件，以及钥匙文件是否拿对；都对时请联系系统管理员"),
)
ALTERED = Fault(
    "STORE-183",
    title=tr("{file} 不完整或被改动过，没有采用其中任何内容"),
    advice=tr("请重新拷贝一次再试；仍不行请回原窗口重新导出，原窗口的办件都还在"),
)
TOO_NEW = Fault(
    "STORE-184",
    title=tr("{file} 由更新版本的一窗写成，本版本读不了"),
    advice=tr("请安装与原窗口相同的版本后再试；文件没有改动"),
)
NOT_A_KEY = Fault(
    "STORE-185",
    title=tr("{what}写得不对，不能用来加密"),
    advice=tr("请不要手工抄写；请用 yichuang second-copy 重新设置"),
)
UNREADABLE = Fault(
    "STORE-187",
    title=tr("{file} 读不出来（{reason}）"),
    advice=tr("没有采用其中任何内容；请核对文件名、权限和所在的 U 盘，换一个 U 盘重新拷贝后再试"),
)
ANSWERS_OF_ANOTHER = Fault(
    "STORE-186",
    title=tr("{file} 不是平台给本窗口的答复，或者被改动过"),
    advice=tr("没有采用其中任何内容；请核对是不是本窗口导出的那一份的答复。办件仍会照常上传，不会重复"),
)
NOT_SIGNED = Fault(
    "STORE-188",
    title=tr("这不是平台签发的目录包，或者不完整"),
    advice=tr("没有采用其中任何内容；请重新拷贝一次，仍不行请平台管理员重新签发"),
)
OTHER_SIGNER = Fault(
    "STORE-189",
    title=tr("目录包不是用签发公钥{key}签的，或者被改动过"),
    advice=tr("没有采用其中任何内容；平台换过签发公钥的，请管理员核对后用 yichuang packs trust 重新设置"),
)
