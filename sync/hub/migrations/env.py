"""What alembic runs to reach the hub's store: the open transaction that `upgrade` hands over."""

from alembic import context

from sync.hub.tables import metadata


def run() -> None:
    """Run the scripts on the connection handed over; its owner commits, so that all of them hold or none."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()


if __name__ == "env_py":  # the name under which alembic loads this file; importing it does nothing
    run()
