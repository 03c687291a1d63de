"""How the seal keys of a window stand, for the strip: whose, how many tries, until when."""

from collections.abc import Sequence
from datetime import datetime

from client.ports.keys import KeyOnHand, notice
from client.ports.readiness import Condition, Readiness
from client.text import tr

_LAST = 1


def keys_told(plugged: Sequence[KeyOnHand], now: datetime) -> Readiness:
    """The worst of the keys that are plugged in, of which there is at least one."""
    return max((_told(key, now) for key in plugged), key=lambda readiness: _RANK[readiness.condition])


_RANK = {Condition.READY: 0, Condition.ATTENTION: 1, Condition.FAILED: 2, Condition.UNSET: 0}


def _told(key: KeyOnHand, now: datetime) -> Readiness:
    tries = "" if key.tries_left is None else tr("，口令剩余 {count} 次").format(count=key.tries_left)
    words = f"{key.label}{tries}"
    if key.tries_left == 0:
        advice = tr("口令已锁死：请带上钥匙找签发机构或钥匙的管理人解锁")
        return Readiness(Condition.FAILED, words, advice)
    left = [days for each in key.certificates if (days := notice(each, now)) is not None]
    if left and min(left) < 0:
        return Readiness(Condition.FAILED, tr("{key}，证书已到期").format(key=key.label), tr("请联系签发机构换发证书"))
    if left:
        told = tr("{key}，证书还有 {days} 天到期").format(key=key.label, days=min(left))
        return Readiness(Condition.ATTENTION, told, tr("请尽快联系签发机构换发证书"))
    if key.tries_left == _LAST:
        return Readiness(Condition.ATTENTION, words, tr("再输错一次口令即锁死；拿不准请先联系钥匙的管理人"))
    return Readiness(Condition.READY, words)
