"""What window and reading process say to one another: lines of JSON, and behind a question's line the page itself."""

from pydantic import BaseModel, ConfigDict, Field

from client.rules.suggestions import Box, Line
from devices.pages.inspect import MOST_BYTES

LONGEST_LINE = 4 * 1024 * 1024  # ten thousand lines of print; a page has a hundred


class _Said(BaseModel):
    """One line on the pipe; unknown words are garbage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def line(self) -> bytes:
        return self.model_dump_json().encode() + b"\n"


class Question(_Said):
    """`length` bytes of a page file follow."""

    media_type: str
    sheet: int = Field(ge=0)
    length: int = Field(ge=0, le=MOST_BYTES)


class Told(_Said):
    """A line of print, as `client.rules.suggestions.Line` has it."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float

    @classmethod
    def of(cls, line: Line) -> "Told":
        box = line.box
        return cls(text=line.text, box=(box.left, box.top, box.right, box.bottom), confidence=line.confidence)

    def as_line(self) -> Line:
        return Line(self.text, Box(*self.box), self.confidence)


class Answer(_Said):
    """What stands on the page; `drawn` is false where the file could not be drawn."""

    drawn: bool = True
    lines: tuple[Told, ...] = ()
