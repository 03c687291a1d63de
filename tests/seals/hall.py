"""The seal hand of a hall that trusts the training authority."""

from pathlib import Path

from printing.seals.hand import Seals

TRAINING = Path(__file__).parents[2] / "resources" / "demo" / "keys"
SEALS = Seals.of_hall([TRAINING])
