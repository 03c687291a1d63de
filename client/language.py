"""In which language a program speaks: settled once by the front door, before any sentence is imported."""

import os
from collections.abc import Sequence
from itertools import pairwise

from client.glance import glance
from client.places import DEFAULT_PROFILE, profile_folder
from client.text import speak

VARIABLE = "YICHUANG_LANGUAGE"
CHINESE, ENGLISH = "zh_CN", "en"
_OPTION = "--profile"


def settle(words: Sequence[str]) -> None:
    """Speak as the environment says, else as the settings of the profile that `words` (a command line) name."""
    asked = os.environ.get(VARIABLE) or glance(profile_folder(_profile(words))).language
    if asked == ENGLISH:  # another one is told as a wrong value when the settings are read
        from client.translations import table_of  # noqa: PLC0415 - in Chinese not even this is loaded

        speak(table_of(asked))


def _profile(words: Sequence[str]) -> str:
    """Of the last that is named, as the command line's own library takes it."""
    named = [after for word, after in pairwise(words) if word == _OPTION]
    named += [word.removeprefix(f"{_OPTION}=") for word in words if word.startswith(f"{_OPTION}=")]
    return named[-1] if named else DEFAULT_PROFILE
