"""What window and reading process say to one another: lines of JSON, behind one a page, behind the other its print."""

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from client.rules.suggestions import Line
from devices.pages.inspect import MOST_BYTES

MOST_PRINT = 256 * 1024  # bytes; a page full of print has ten thousand


class _Said(BaseModel):
    """One line on the pipe; unknown words are garbage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def line(self) -> bytes:
        return self.model_dump_json().encode() + b"\n"


class Question(_Said):
    """`length` bytes of a page file follow. Answered by its `job`, a number that only grows."""

    job: int
    media_type: str
    sheet: int = Field(ge=0)
    length: int = Field(ge=0, le=MOST_BYTES)


class Answer(_Said):
    """`length` bytes follow, the print of the page; `drawn` is false where the file could not be drawn."""

    job: int
    drawn: bool = True
    length: int = Field(default=0, ge=0, le=MOST_PRINT)


PRINT = TypeAdapter(tuple[Line, ...])
