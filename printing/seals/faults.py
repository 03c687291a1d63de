"""What can be wrong with the bytes of a seal before anybody asks whether it is genuine."""

from client.errors import Fault
from client.text import tr

MALFORMED = Fault(
    "SEAL-104",
    tr("这不是可以读取的电子印章或签章（{place}）"),
    tr("文件可能损坏或不完整，请重新取得；仍然如此请联系制章单位"),
)
TOO_LARGE = Fault(
    "SEAL-105",
    tr("电子印章或签章超过{most}MB，没有读取"),
    tr("请核对文件是否正确；确实这样大的印章，请联系制章单位缩小印模图片"),
)
UNKNOWN_VERSION = Fault(
    "SEAL-106",
    tr("电子印章的版本{version}不受支持"),
    tr("本程序读取GM/T 0031—2014（第1版）、GB/T 38540—2020（第4版）和GM/T 0031—2025（第5版）；请联系制章单位"),
)
UNKNOWN_FORM = Fault(
    "SEAL-108",
    tr("这不是电子印章、电子签章，也不是可以核验的PDF或OFD文件"),
    tr("请选择.esl印章、签章数据、PDF或OFD文件；文件可能损坏的，请重新取得"),
)
NO_TRUST = Fault(
    "SEAL-109",
    tr("信任文件{file}不能读取"),
    tr("请核对该文件是DER或PEM格式的证书或吊销列表，并有读取权限；否则请联系系统管理员移走该文件"),
)
