"""What is wrong with a typed command, in our words: the parser of the command line says it in its own."""

import re

from client.text import tr

_VALUE = r"Invalid value for '?(.+?)'?: (?:Value error, )?"
_NOT_FIT = "(?:.* is not (?:a valid|in the range) .*|.* does not match .*|(?:Input should|File|Directory|Path) .*)"
_SAID = (
    (r"No such option: (\S+?)\.?(?: .*)?", tr("没有选项 {0}")),
    (r"No such command '(.+?)'.*", tr("没有命令 {0}")),
    (r"Missing command.*", tr("缺少子命令")),
    (r"Missing (?:argument|parameter):? '?(.+?)'?(?:\. .*)?", tr("缺少 {0}")),
    (r"Missing option '(.+?)'.*", tr("缺少选项 {0}")),
    (r"Option '(.+?)' requires an argument.*", tr("选项 {0} 后面缺少值")),
    (r"Got unexpected extra argument\S* \((.+)\).*", tr("多出了 {0}")),
    (_VALUE + r".* is not one of (.+)", tr("{0} 只能是下列之一：{1}")),
    (_VALUE + _NOT_FIT, tr("{0} 的值不能使用")),
    (_VALUE + r"(.*)", tr("{0}：{1}")),  # words of our own
)


def in_words(message: str) -> str:
    """The parser's `message` as a sentence; one it does not know stays as it is."""
    line = " ".join(message.split()).rstrip(".")
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, line):
            return words.format(*found.groups())
    return line
