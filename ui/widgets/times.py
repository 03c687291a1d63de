"""Times as people read them in a hurry: how long, at what time, on which day."""

from datetime import date, datetime, timedelta

from client.text import tr


def span(time: timedelta) -> str:
    """1 小时 26 分; days where it is days."""
    minutes = max(int(time.total_seconds()) // 60, 0)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, tr("天")), (hours, tr("小时")), (minutes, tr("分"))]
    shown = [f"{value} {unit}" for value, unit in parts if value][:2]
    return " ".join(shown) or tr("不到 1 分")


def short_time(time: datetime | None, today: date) -> str:
    """03-02 09:30; of another year the day with its year."""
    if time is None:
        return ""
    return f"{time:%m-%d %H:%M}" if time.year == today.year else f"{time:%Y-%m-%d}"


def short_day(day: date | None, today: date) -> str:
    """03-02; with its year where that is another one."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def time_left(done: int, total: int, seconds: float) -> str:
    """约剩 2 分, if it goes on as it did for `seconds`; nothing while too little is known."""
    if not done or seconds < 1 or done >= total:
        return ""
    left = seconds * (total - done) / done
    if left < 60:  # noqa: PLR2004 - a minute
        return tr("约剩 {seconds} 秒").format(seconds=max(round(left), 1))
    return tr("约剩 {span}").format(span=span(timedelta(minutes=round(left / 60))))
