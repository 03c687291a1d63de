"""The same pictures of a window that speaks English: `python -m tests.english_pictures FOLDER`."""

import sys
from importlib import import_module
from pathlib import Path

from client.language import ENGLISH
from client.text import speak
from client.translations import table_of


def main(into: Path) -> None:
    speak(table_of(ENGLISH))
    pictures = import_module("tests.pictures")  # not before: a sentence is said as its module is imported
    looks = {f"english-{size[0]}": pictures.Looks(pictures.Theme.LIGHT, size=size) for size in pictures.SIZES}
    pictures.main(into, looks)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
