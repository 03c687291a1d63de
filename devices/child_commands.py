"""The hidden commands: the processes a window starts for code that is not ours, lines of JSON in and out."""

import typer

app = typer.Typer()


@app.command("scan-child", hidden=True)
def scan_child() -> None:
    """The process a window starts for its scanner (`devices/scanner/messages.py`)."""
    from devices.scanner.child import serve  # noqa: PLC0415 - each loads what it holds, and nothing of the others

    serve()


@app.command("camera-child", hidden=True)
def camera_child() -> None:
    """The process a window starts for its document camera: the same lines."""
    from devices.scanner.camera_child import serve  # noqa: PLC0415 - same

    serve()


@app.command("card-child", hidden=True)
def card_child() -> None:
    """The process a window starts for a reader's library (`devices/idcard/card_child.py`)."""
    from devices.idcard.child import serve  # noqa: PLC0415 - same

    serve()


@app.command("key-child", hidden=True)
def key_child() -> None:
    """The process a window starts for the library of a seal key (`devices/keys/skf/key_child.py`)."""
    from devices.keys.skf.child import serve  # noqa: PLC0415 - same

    serve()


@app.command("pcsc-child", hidden=True)
def pcsc_child() -> None:
    """The process a window starts for seal keys in PC/SC readers (`devices/keys/pcsc/key_child.py`)."""
    from devices.keys.pcsc.child import serve  # noqa: PLC0415 - same

    serve()


@app.command("read-child", hidden=True)
def read_child() -> None:
    """The process a window starts to read pages (`devices/pages/reading_messages.py`)."""
    from devices.pages.reading_child import serve  # noqa: PLC0415 - same

    serve()
