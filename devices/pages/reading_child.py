"""The process that reads pages: hears them on standard input, answers on standard output, keeps nothing.

A reader takes up to 0.9 GB and is somebody else's code: here it can be ended, and takes only this process with it.
The process ends when its input does, as it does when the window dies.
"""

import os
import sys
from contextlib import suppress
from typing import BinaryIO

from client.errors import CaseError
from devices.pages.painter import Painter
from devices.pages.reading import Reader
from devices.pages.reading_messages import LONGEST_LINE, Answer, Question, Told


def serve() -> None:
    """Answer until standard input ends."""
    voice = _own_output()
    with suppress(BrokenPipeError):  # the window is gone, and with it whoever the page was for
        answer_all(sys.stdin.buffer, voice, Reader(Painter()))


def answer_all(questions: BinaryIO, voice: BinaryIO, reader: Reader) -> None:
    """Page after page, until there are no more."""
    while asked := questions.readline(LONGEST_LINE):
        question = Question.model_validate_json(asked)
        content = questions.read(question.length)
        voice.write(_answer(reader, content, question).line())
        voice.flush()


def _answer(reader: Reader, content: bytes, question: Question) -> Answer:
    try:
        found = reader.read(content, question.media_type, question.sheet)
    except CaseError:
        return Answer(drawn=False)
    return Answer(lines=tuple(map(Told.of, found.lines)))


def _own_output() -> BinaryIO:
    """Where our answers go: what a library prints goes to standard error instead of among them."""
    voice = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return voice
