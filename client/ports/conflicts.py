"""What both ends call the conflicts between a window and its platform, and what people may decide about them."""

from enum import StrEnum
from typing import NamedTuple


class Conflict(StrEnum):
    """The code of the problem with which the platform refuses an event."""

    ITEM_REVISED = "item-revised"
    ALREADY_ONLINE = "already-online"
    WRONG_DIGEST = "wrong-digest"
    FILE_LOST = "file-lost"  # said by the window itself: the file it sealed is missing or damaged
    WITHDREW = "applicant-withdrew"
    NUMBER_TAKEN = "number-taken"
    KEY_TAKEN = "key-taken"


class Decision(StrEnum):
    """What a person at the window decided; it goes up with the event, and the platform takes it then."""

    KEEP_VERSION = "keep-version"  # the case keeps the version of its item (domain.md §13.8)
    ONLINE_WITHDRAWN = "online-withdrawn"  # the applicant withdrew the online application in writing
    WINDOW_WITHDRAWN = "window-withdrawn"  # the applicant withdrew the one at the window
    SECOND_NUMBER = "second-number"  # the case goes up under a second number; the printed one stays on its papers
    WITHOUT_FILE = "without-file"  # a page did not get through as it was sealed: the paper counts, wherever it lies
    FOR_THE_RECORD = "for-the-record"  # kept at the platform, and changes nothing there


class FieldDifference(NamedTuple):
    """One field as the window sent it and as the platform has it; "" where one of them has none."""

    field: str
    ours: str
    theirs: str
