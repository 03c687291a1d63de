"""What an order becomes on scanners that name and limit their options in their own ways."""

import pytest

from client.ports.scanner import ScanMode, ScanSource
from devices.children.answers import Answers
from devices.scanner.faults import TROUBLES, Trouble
from devices.scanner.messages import Answer, Event
from devices.scanner.sane import Kind, Option, SaneError, Status, Unit
from devices.scanner.sane_options import best_choice, nearest
from devices.scanner.sane_pages import trouble_of

FLATBED, FEEDER, DUPLEX = ScanSource.FLATBED, ScanSource.FEEDER, ScanSource.FEEDER_DUPLEX
COLOUR, GREY, BILEVEL = ScanMode.COLOUR, ScanMode.GREY, ScanMode.BILEVEL


@pytest.mark.parametrize(
    ("choices", "wanted", "choice"),
    [
        (("Flatbed", "Automatic Document Feeder"), FLATBED, "Flatbed"),
        (("Flatbed", "Automatic Document Feeder"), FEEDER, "Automatic Document Feeder"),
        (("ADF Front", "ADF Back", "ADF Duplex"), FEEDER, "ADF Front"),
        (("ADF Front", "ADF Back", "ADF Duplex"), FLATBED, None),
        (("Flatbed", "ADF", "ADF Duplex"), FEEDER, "ADF"),
        (("ADF Duplex",), FEEDER, None),
        (("FlatBed", "Transparency Unit"), FLATBED, "FlatBed"),
        (("Normal", "ADF"), FLATBED, "Normal"),
        (("Document Table", "ADF"), FLATBED, "Document Table"),
        (("FB", "ADF"), FLATBED, "FB"),
        (("Flatbed", "Transparency Adapter"), FEEDER, None),
        (("Lineart", "Gray", "Color"), COLOUR, "Color"),
        (("Lineart", "Halftone", "Gray", "Color"), GREY, "Gray"),
        (("Black & White", "True Gray", "24bit Color", "24bit Color[Fast]"), COLOUR, "24bit Color"),
        (("Black & White", "True Gray"), COLOUR, "True Gray"),
        (("Binary", "Grayscale", "Colour", "Color Lineart"), COLOUR, "Colour"),
        (("Color",), GREY, "Color"),
        ((), COLOUR, None),
        (("ADF Front", "ADF Back", "ADF Duplex"), DUPLEX, "ADF Duplex"),
        (
            ("Flatbed", "ADF(centrally aligned)", "ADF(centrally aligned,Duplex)"),
            DUPLEX,
            "ADF(centrally aligned,Duplex)",
        ),
        (("Flatbed", "Automatic Document Feeder"), DUPLEX, None),
        (("Lineart", "Gray", "Color"), BILEVEL, "Lineart"),
        (("Black & White", "Gray[Error Diffusion]", "True Gray"), BILEVEL, "Black & White"),
        (("Color Lineart", "Grayscale", "Color"), BILEVEL, "Grayscale"),
    ],
)
def test_the_right_choice_is_found(choices: tuple[str, ...], wanted: ScanSource | ScanMode, choice: str | None) -> None:
    assert best_choice(choices, wanted) == choice


@pytest.mark.parametrize(
    ("words", "bounds", "wanted", "value"),
    [
        ((75, 150, 200, 300, 600), None, 300, 300),
        ((75, 150, 200, 600), None, 300, 200),
        ((100,), None, 300, 100),
        ((), (50, 1200, 1), 300, 300),
        ((), (50, 200, 0), 300, 200),
        ((), (100, 1000, 100), 330, 300),
        ((), (0, 215.9, 0), 297, 215.9),
        ((), (0, 10, 4), 10, 8),
        ((), (10, 20, 0), 5, 10),
        ((), None, 300, 300),
    ],
)
def test_the_nearest_value_is_found(
    words: tuple[float, ...], bounds: tuple[float, float, float] | None, wanted: float, value: float
) -> None:
    option = Option(1, "resolution", Kind.INT, Unit.DPI, 4, is_settable=True, words=words, bounds=bounds)
    assert nearest(option, wanted) == value


def test_a_device_that_cannot_be_opened_is_absent() -> None:
    assert trouble_of(SaneError(Status.IO_ERROR, "open")) is Trouble.ABSENT
    assert trouble_of(SaneError(Status.IO_ERROR, "start")) is Trouble.NO_CONTACT
    assert trouble_of(SaneError(Status.DEVICE_BUSY, "open")) is Trouble.BUSY
    assert trouble_of(SaneError(99, "start")) is Trouble.NO_CONTACT, "a status of a later standard"


def test_every_trouble_has_its_sentence() -> None:
    assert set(TROUBLES) == set(Trouble)


def test_answers_are_cut_wherever_the_pipe_cuts_them() -> None:
    page = b"\xff\xd8\n{}\n" * 40
    stream = b"".join(Answer(event=Event.PAGE, job=1, page=number, length=len(page)).line() + page for number in (1, 2))
    for size in (1, 7, 100, len(stream)):
        answers, found = Answers(Answer.model_validate_json), []
        for start in range(0, len(stream), size):
            answers.feed(stream[start : start + size])
            while (whole := answers.take()) is not None:
                found.append(whole)
        assert [(answer.page, content) for answer, content in found] == [(1, page), (2, page)]
