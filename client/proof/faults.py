"""What can be wrong with a certificate, a seal or a signature before anybody asks whether it is genuine."""

from client.errors import DeskError, Fault
from client.text import tr


class ProofError(DeskError):
    """What was given cannot be read as a proof of anything; nothing was signed, sealed or kept."""


NO_POINT = Fault(
    "SEAL-101", tr("公钥不在SM2曲线上"), tr("证书或印章文件可能损坏，请重新取得该文件；仍然如此请联系签发机构")
)
NO_CERTIFICATE = Fault(
    "SEAL-102", tr("这不是可以读取的证书（{reason}）"), tr("请重新导出DER或PEM格式的证书；仍然如此请联系签发机构")
)
UNKNOWN_ALGORITHM = Fault(
    "SEAL-103",
    tr("证书使用的算法{algorithm}不受支持"),
    tr("本程序支持SM2、ECDSA（P-256、P-384）和RSA；请联系签发机构更换证书"),
)
NO_LIST = Fault(
    "SEAL-107",
    tr("这不是可以读取的证书吊销列表（{reason}）"),
    tr("请重新下载DER或PEM格式的吊销列表；仍然如此请联系签发机构"),
)
