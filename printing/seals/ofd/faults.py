"""What keeps an OFD from being opened."""

from client.errors import Fault
from client.text import tr

NOT_OFD = Fault(
    "SEAL-150",
    tr("这不是可以读取的OFD文件（{reason}）"),
    tr("文件可能损坏或不完整，请重新取得；仍然如此请联系出具文件的机关"),
)
TOO_LARGE = Fault(
    "SEAL-151",
    tr("OFD文件解压后过大，没有打开（{reason}）"),
    tr("请不要用其他程序打开；请核对文件来源，重新取得，仍然如此请联系大厅技术人员"),
)
UNSAFE = Fault(
    "SEAL-152",
    tr("OFD文件内含有不安全的条目，没有打开（{reason}）"),
    tr("文件可能被人改造过，请不要用其他程序打开；请向出具文件的机关重新取得"),
)
