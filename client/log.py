"""What the program writes about itself, for people who look for a fault: JSON lines without anybody's numbers."""

import logging
import logging.handlers
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import structlog
from structlog.typing import EventDict, ExcInfo, WrappedLogger

from client.errors import DeskError

_FILE = "yichuang.log"
_SIZE = 5 * 1024 * 1024
_KEPT = 5
_HIDDEN = "[hidden]"

_GAP = r"[ \-]?"
_ALONE, _ENDS = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTIFIER_LIKE = re.compile(
    # 居民身份证 and its kin (GB 11643): 18 digits, also grouped as people group them
    rf"{_ALONE}\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx]{_ENDS}"
    # the same glued to a word, known by its birth date
    r"|(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
    # mobile phones
    rf"|{_ALONE}(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_ENDS}"
)


def start(folder: Path, level: int = logging.INFO) -> None:
    """Write every log line of the program into `folder`, at most six files of 5 MiB; the front door calls it once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / _FILE, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    stop()
    root.addHandler(handler)
    root.setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def stop() -> None:
    """Close the log file of `start`; harmless when there is none."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, logging.handlers.RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()


def note_bug(event: str) -> None:
    """Write the exception that is being handled, with its traceback."""
    structlog.get_logger(__name__).exception(event)


def note_breakdown(folder: Path) -> Path:
    """Write the exception of a command that broke off into `folder`, where the person is told to look; returns it."""
    with suppress(OSError):  # no room for a log: then the sentence alone must do
        start(folder)
        note_bug("command broke off")
    return folder


def to_stderr() -> None:
    """Warnings of commands without a log of their own go to stderr; stdout is for results alone."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            tell_exceptions,
            hide_identifiers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def hide_identifiers(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Processor: replace what looks like a person's number in every key and value, however deep."""
    return {str(_hidden(key)): _hidden(value) for key, value in event.items()}


def _told(exc_info: ExcInfo) -> str:
    """A traceback in types and frames."""
    return "\n\n".join(reversed(list(_chain(exc_info[1]))))


def _chain(error: BaseException | None) -> Iterator[str]:
    """Each exception that led to `error`, the last one first."""
    while error is not None:
        yield "".join(traceback.format_tb(error.__traceback__)) + _words(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _words(error: BaseException) -> str:
    """Only our own errors keep their words: a library's may repeat somebody's name or address."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind}: {error}" if isinstance(error, DeskError) else kind


tell_exceptions = structlog.processors.ExceptionRenderer(_told)
"""Processor: turns `exc_info` into text without the words of foreign exceptions."""


def _hidden(value: object) -> object:
    match value:
        case None | bool() | int() | float() if not _IDENTIFIER_LIKE.search(str(value)):
            return value
        case bytes():
            return f"<{len(value)} bytes>"
        case Mapping():
            return {str(_hidden(key)): _hidden(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_hidden(each) for each in value]
        case BaseException():
            return _IDENTIFIER_LIKE.sub(_HIDDEN, _words(value))
        case _:
            return _IDENTIFIER_LIKE.sub(_HIDDEN, str(value))


def _common() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_exceptions,
    ]


def _formatter() -> logging.Formatter:
    """The same road for our lines and for those of libraries; hiding comes last, after tracebacks became text."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            hide_identifiers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
