"""What is known of the settings before they are judged: a window always opens."""

from pathlib import Path

import pytest

from client.config import FILE as SETTINGS_FILE
from client.config import write_settings
from client.demo import DEMO_SETTINGS
from client.glance import FILE, Glance, glance


def test_it_reads_what_the_settings_say(tmp_path: Path) -> None:
    own = {"theme": "high_contrast", "large_type": True, "language": "en", "keys": {"scan": "Ctrl+F4"}}
    write_settings(tmp_path, DEMO_SETTINGS.model_copy(update=own))
    assert glance(tmp_path) == Glance("high_contrast", large_type=True, language="en", keys={"scan": "Ctrl+F4"})
    assert FILE == SETTINGS_FILE


@pytest.mark.parametrize(
    "words", [None, "theme = ", 'theme = 3\nlarge_type = "yes"\nlanguage = 1\nkeys = "F2"', "\xff"]
)
def test_wrong_settings_do_not_keep_the_window_from_showing_itself(tmp_path: Path, words: str | None) -> None:
    if words is not None:
        (tmp_path / FILE).write_text(words, encoding="latin-1")
    assert glance(tmp_path) == Glance()
