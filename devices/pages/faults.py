"""What is wrong with a page file, told with its name; the clerk has it open or can scan the page again."""

from client.errors import Fault
from client.text import tr

EMPTY = Fault("CASE-321", tr("文件“{name}”是空的"), tr("文件没有保存好，请重新扫描或重新取得这个文件"))
TOO_BIG = Fault(
    "CASE-322",
    tr("文件“{name}”超过{limit}MB"),
    tr("请用黑白或灰度、300DPI重新扫描，或把文件按页分开后再添加"),
)
TOO_MANY_PIXELS = Fault(
    "CASE-323", tr("文件“{name}”超过{limit}兆像素"), tr("请用300DPI重新扫描；一页A4约900万像素，图纸请分幅扫描")
)
TOO_SMALL = Fault(
    "CASE-328",
    tr("图片“{name}”只有{width}×{height}像素，看不清内容"),
    tr("可能是图标或缩略图；请用300DPI重新扫描，或请申请人重新提供原图"),
)
FOREIGN = Fault(
    "CASE-324",
    tr("文件“{name}”不是可收的页面文件"),
    tr("可收JPEG、PNG图片（单幅）和PDF文件；其他格式请先转换，或打印后扫描"),
)
DAMAGED = Fault("CASE-325", tr("文件“{name}”不完整或已损坏"), tr("请重新扫描，或请申请人重新提供这个文件"))
LOCKED = Fault("CASE-326", tr("文件“{name}”设有打开密码"), tr("请申请人提供不加密的文件，或打印后扫描"))
SEVERAL = Fault("CASE-329", tr("文件“{name}”有{count}页，一个图片文件放不下"), tr("请把输出文件名改为以.pdf结尾"))
NOT_CLEANED = Fault(
    "CASE-334", tr("图片“{name}”没有整理成"), tr("可以照原样收下；每一页都这样的，请系统管理员查看日志")
)
NOT_TRIMMED = Fault(
    "CASE-337",
    tr("文件“{name}”是电子文件，不能改动"),
    tr("电子文件按原样收下；需要改动的，请打印后扫描"),
)
CANNOT_DRAW = Fault(
    "CASE-327", tr("这一页显示不出来"), tr("文件可能已损坏：请重新扫描，或请申请人重新提供；已受理的材料不受影响")
)
NO_READER = Fault(
    "CASE-333", tr("这台电脑没有安装识读组件"), tr("识读只是帮助，请对照页面手工录入；需要识读的，请联系技术支持安装")
)
NOT_READ = Fault("DEV-241", tr("这一页没有识读成"), tr("识读只是帮助，请对照页面手工录入；页面和已录入的内容不受影响"))
