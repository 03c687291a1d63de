"""What the program carries along may be carried along: no GPL, no AGPL, nothing without a licence."""

import importlib.util
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

EXTRAS = ("", "hub", "ocr")
IN_ITS_FILE = {"sqlcipher3": "zlib"}  # metadata without a licence; its LICENSE file was read
VIRAL = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|(GNU )?(Affero )?General Public License)", re.IGNORECASE)


def carried(name: str = "yichuang", seen: set[str] | None = None) -> Iterator[Distribution]:
    """The project's runtime dependencies on this system, all the way down."""
    seen = set() if seen is None else seen
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        extras = EXTRAS if name == "yichuang" else ("", *requirement.extras)
        wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)
        if not wanted or requirement.name in seen:
            continue
        seen.add(requirement.name)
        try:
            yield distribution(requirement.name)
        except PackageNotFoundError:
            continue  # asked for by an extra of a library that we do not use
        yield from carried(requirement.name, seen)


def licence_of(package: Distribution) -> str:
    """The licence as the package states it: the SPDX expression, else the field, else the classifiers."""
    stated = {name: package.metadata.get_all(name) or [""] for name in ("License-Expression", "License", "Classifier")}
    first_line = stated["License"][0].strip().partition("\n")[0]
    classifiers = [line for line in stated["Classifier"] if line.startswith("License ::")]
    return (
        stated["License-Expression"][0]
        or " ".join([first_line, *classifiers]).strip()
        or IN_ITS_FILE.get(package.name, "")
    )


def is_viral(words: str) -> bool:
    """Whether no choice is left that is not: Qt may be taken under the LGPL."""
    return all(VIRAL.search(choice) for choice in words.split(" OR "))


def test_nothing_carried_along_is_under_a_viral_licence() -> None:
    licences = {package.name: licence_of(package) for package in carried()}
    assert {"sqlalchemy", "reportlab", "fastapi"} <= {name.lower() for name in licences}
    assert {name: words for name, words in licences.items() if is_viral(words)} == {}


def test_everything_carried_along_states_a_licence() -> None:
    assert [package.name for package in carried() if not licence_of(package)] == []


@pytest.mark.parametrize("module", ["QtCharts", "QtGraphs", "QtDataVisualization", "QtVirtualKeyboard", "QtQuick3D"])
def test_what_qt_gives_under_the_gpl_alone_is_not_there(module: str) -> None:
    assert importlib.util.find_spec(f"PySide6.{module}") is None


def test_a_choice_of_licences_is_viral_only_when_all_of_them_are() -> None:
    assert not is_viral("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    assert is_viral("GPL-2.0-only OR GPL-3.0-only")


def test_the_lesser_licence_is_told_from_the_viral_ones() -> None:
    lesser = ("LGPL-2.1-or-later", "GNU Lesser General Public License v2 (LGPLv2)", "LGPLv2+")
    viral = (
        "GPL-3.0-only",
        "AGPL-3.0",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
    )
    assert [words for words in lesser if VIRAL.search(words)] == []
    assert [words for words in viral if not VIRAL.search(words)] == []
