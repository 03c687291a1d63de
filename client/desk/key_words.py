"""How the seal keys of a window stand, for the strip: whose, how many tries, until when."""

from collections.abc import Sequence
from datetime import datetime

from client.ports.keys import NOTICE_DAYS, KeyOnHand, notice
from client.ports.readiness import Condition, Readiness
from client.text import tr

RENEW = tr("请尽快联系签发机构换发证书")
_LAST = 1


def keys_told(plugged: Sequence[KeyOnHand], now: datetime) -> Readiness:
    """The worst of the keys that are plugged in, of which there is at least one; of several that are well, how many."""
    worst = max((_told(key, now) for key in plugged), key=lambda readiness: _RANK[readiness.condition])
    if worst.condition is Condition.READY and len(plugged) > 1:
        return Readiness(Condition.READY, tr("已插入 {count} 把").format(count=len(plugged)))
    return worst


def ends_soon(plugged: Sequence[KeyOnHand], now: datetime) -> tuple[str, str] | None:
    """What whoever sits down is told of a certificate in its last week, title and advice; the lamp says it longer."""
    ends = [(days, key) for key in plugged for each in key.certificates if (days := notice(each, now)) is not None]
    days, key = min(ends, key=lambda end: end[0], default=(NOTICE_DAYS[0], None))
    if key is None or days >= NOTICE_DAYS[1]:
        return None
    return _ends(key, days), RENEW


def _ends(key: KeyOnHand, days: int) -> str:
    if days < 0:
        return tr("{key}，证书已到期").format(key=key.label)
    if days < NOTICE_DAYS[2]:
        return tr("{key}，证书不到一天就到期").format(key=key.label)
    return tr("{key}，证书还有 {days} 天到期").format(key=key.label, days=days)


_RANK = {Condition.READY: 0, Condition.ATTENTION: 1, Condition.FAILED: 2, Condition.UNSET: 0}


def _told(key: KeyOnHand, now: datetime) -> Readiness:
    tries = "" if key.tries_left is None else tr("，口令剩余 {count} 次").format(count=key.tries_left)
    words = f"{key.label}{tries}"
    if key.tries_left == 0:
        advice = tr("口令已锁死：请带上钥匙找签发机构或钥匙的管理人解锁")
        return Readiness(Condition.FAILED, words, advice)
    left = [days for each in key.certificates if (days := notice(each, now)) is not None]
    if left:
        return Readiness(Condition.FAILED if min(left) < 0 else Condition.ATTENTION, _ends(key, min(left)), RENEW)
    if key.tries_left == _LAST:
        return Readiness(Condition.ATTENTION, words, tr("再输错一次口令即锁死；拿不准请先联系钥匙的管理人"))
    return Readiness(Condition.READY, words)
