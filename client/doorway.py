"""What the front door says itself; apart from it, for it settles the language before a sentence is imported."""

from client.errors import Fault
from client.text import tr

DEMO_HINT = tr("演示大厅：窗口人员 0207，值班长 0101，口令都是 000000")
STILL_SAMPLE = tr("注意：窗口设置还是示例大厅的，办理真实业务前请大厅管理员更正 settings.toml")
NO_PIN = Fault("STAFF-109", tr("没有给出办理人的口令"), tr("请把口令写入文件，并用 YICHUANG_PIN_FILE 指明该文件"))
USAGE = Fault("USAGE-001", tr("命令写法不对：{reason}"), tr("请在该命令后加 --help 查看写法"))
BUG = Fault("BUG-001", tr("程序出错，这一步没有完成"), tr("已提交的办件不受影响；请把日志 {log} 交给系统管理员"))
