"""The process that reads pages: hears them on standard input, answers on standard output, keeps nothing.

A reader takes up to 0.9 GB and is somebody else's code: here it can be ended, and takes only this process with it.
The process ends when its input does, as it does when the window dies.
"""

import sys
from contextlib import suppress
from typing import BinaryIO

from client.errors import CaseError
from devices.children.inside import own_voice, say
from devices.pages.painter import Painter
from devices.pages.reading import Reader
from devices.pages.reading_messages import PRINT, Answer, Question


def serve() -> None:
    """Answer until standard input ends."""
    voice = own_voice()
    with suppress(BrokenPipeError):  # the window is gone, and with it whoever the page was for
        answer_all(sys.stdin.buffer, voice, Reader(Painter()))


def answer_all(questions: BinaryIO, voice: int, reader: Reader) -> None:
    """Page after page, until there are no more; `voice` is where the answers go."""
    while asked := questions.readline():
        question = Question.model_validate_json(asked)
        content = questions.read(question.length)
        try:
            found = reader.read(content, question.media_type, question.sheet)
        except CaseError:
            say(voice, Answer(job=question.job, drawn=False).line())
        else:
            told = PRINT.dump_json(found.lines)
            say(voice, Answer(job=question.job, length=len(told)).line(), told)
