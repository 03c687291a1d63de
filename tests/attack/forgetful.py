"""A window broken on purpose, for the control arm: it saves no form while it is typed, and keeps no place."""

from client.desk import place
from ui.clerk.intake.form import FormPanel
from yichuang import main


def _forget(*_: object, **__: object) -> None:
    """Nothing is written."""


if __name__ == "__main__":
    FormPanel.save = _forget  # type: ignore[method-assign] # broken on purpose
    place.keep = _forget
    main()
