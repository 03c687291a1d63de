"""The hidden command that prints by the system's own printers, in a process of its own."""

import typer

app = typer.Typer()


@app.command("spool-child", hidden=True)
def spool_child() -> None:
    """The process a window starts for a printer of the system's (`printing/spooler.py`)."""
    from ui.spooler import serve  # noqa: PLC0415 - Qt's printing loads for it alone

    serve()
