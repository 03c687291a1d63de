"""Stores as older programs left them: a step of the scripts by hand."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from client.store import migrations
from client.store.engine import Database

SCRIPTS = Path(migrations.__file__).parent


def alembic(database: Database, step: str, revision: str) -> None:
    """`upgrade` or `downgrade` to `revision`."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with database.alter() as connection:
        config.attributes["connection"] = connection
        getattr(command, step)(config, revision)
