"""Where the data of windows lie. Imported before the language is settled: it says nothing."""

import os
from pathlib import Path

PROGRAM = "yichuang"
DEFAULT_PROFILE = "default"
DEMO_PROFILE = "demo"
TRUST = "trust"
TEMPLATES = "templates.toml"


def data_folder() -> Path:
    """Where the data of this person's windows lie on this system, each in a folder of its own."""
    from platformdirs import user_data_path  # noqa: PLC0415 - most commands name their profile

    return user_data_path(PROGRAM, appauthor=False)


def machine_folder() -> Path:
    """Where IT puts what counts for every window of this machine; only administrators write there."""
    from platformdirs import site_config_path  # noqa: PLC0415 - as above

    return site_config_path(PROGRAM, appauthor=False)


def trust_folders(profile: str) -> tuple[Path, ...]:
    """Where certificates of trusted authorities lie: of IT, of the profile, in the demo those of training."""
    demo = Path(__file__).parents[1] / "resources" / "demo" / "keys"
    is_demo = profile_folder(profile) == profile_folder(DEMO_PROFILE)
    return (machine_folder() / TRUST, profile_folder(profile) / TRUST, *((demo,) if is_demo else ()))


def template_places(profile: str) -> tuple[Path, ...]:
    """Where a pack of words for the papers may lie; the first that is there counts."""
    if named := os.environ.get("YICHUANG_TEMPLATES_FILE"):
        return (Path(named),)
    return (machine_folder() / TEMPLATES, profile_folder(profile) / TEMPLATES)


def profile_folder(profile: str) -> Path:
    """The folder of a profile: of the two that have names, or the one that is named by its path."""
    return data_folder() / profile if profile in {DEFAULT_PROFILE, DEMO_PROFILE} else Path(profile)
