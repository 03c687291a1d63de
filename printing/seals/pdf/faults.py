"""What keeps a paper from being sealed, or a sealed one from being judged."""

from client.errors import Fault
from client.text import tr

NOT_PDF = Fault(
    "SEAL-130", tr("这不是可以读取的PDF文件（{reason}）"), tr("文件可能损坏或不完整，请重新取得；加密的PDF请先去除密码")
)
NO_PLACE = Fault(
    "SEAL-131",
    tr("没有找到文书上盖章的位置"),
    tr("请核对文书末页有机关名称和日期；自制的模板请联系大厅技术人员。可先加盖实体印章并登记"),
)
NOT_DRAWN = Fault(
    "SEAL-132",
    tr("印模图片（{type}）不能画到文书上"),
    tr("本程序能用PNG、JPG、BMP和GIF的印模；请联系制章单位换发，在此之前可加盖实体印章并登记"),
)
NOT_BOUND = Fault(
    "SEAL-133", tr("印章没有授权这张证书"), tr("请换用印章所授权的密码钥匙，或者联系电子印章系统的管理人重新制章")
)
SEAL_OVER = Fault("SEAL-134", tr("印章不在有效期内"), tr("请换发印章，并核对本机日期；在此之前可加盖实体印章并登记"))
CERTIFICATE_OVER = Fault(
    "SEAL-135", tr("证书不在有效期内"), tr("请换发证书，并核对本机日期；在此之前可加盖实体印章并登记")
)
SEALED_ALREADY = Fault("SEAL-136", tr("文书上已有这枚印章"), tr("不需要再盖；请在验章页核验这份文书"))
NOT_VERIFIED = Fault(
    "SEAL-137",
    tr("盖章后当场核验没有通过（{check}）"),
    tr("没有用印；请重新插拔密码钥匙再盖一次，仍不通过请联系大厅技术人员"),
)
