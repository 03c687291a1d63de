"""What cleaning did to a page and saw of it, in words; shape, word and colour on the page itself."""

from collections.abc import Mapping
from types import MappingProxyType

from client.ports.pages import PageLooks, PageWarning
from client.text import listed, tr
from ui.widgets.chips import Tone

WARNING_WORDS: Mapping[PageWarning, str] = MappingProxyType(
    {
        PageWarning.CUT_SHORT: tr("画面不完整"),
        PageWarning.BLURRED: tr("模糊"),
        PageWarning.TOO_DARK: tr("太暗"),
        PageWarning.CUT_EDGE: tr("文字被裁断"),
        PageWarning.FINGER: tr("有手指"),
    }
)
_SEEN = 0.1  # degrees; less was not turned


def wants_a_look(looks: PageLooks | None) -> bool:
    """Whether somebody should look at the page before the citizen leaves."""
    return looks is not None and (looks.blank or bool(looks.warnings))


def looks_words(looks: PageLooks | None) -> tuple[str, Tone]:
    """What there is to say of a page, the worst first; "" where nothing was done and nothing seen."""
    if looks is None:
        return "", Tone.PLAIN
    if looks.blank:
        return tr("空白页"), Tone.WARN
    if looks.warnings:
        return listed(WARNING_WORDS[warning] for warning in looks.warnings), Tone.WARN
    done = []
    if looks.turned:
        done.append(tr("已旋转{degrees}°").format(degrees=looks.turned))
    if looks.cropped:
        done.append(tr("已裁边"))
    if looks.for_purpose:
        done.append(tr("已注明用途"))
    if looks.skew_degrees is not None and abs(looks.skew_degrees) >= _SEEN:
        done.append(tr("已纠偏{degrees}°").format(degrees=f"{abs(looks.skew_degrees):.1f}"))
    return listed(done), Tone.PLAIN
