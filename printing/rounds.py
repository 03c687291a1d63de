"""The whole work of the print lane: render what waits, then print what is asked for."""

from collections.abc import Callable

from client.ports.papers import PaperPress, Spool
from client.ports.printer import Printer, PrintQueue
from printing.dispatch import IDLE, Dispatch


class Rounds:
    """Without a printer the papers of a window are rendered and wait."""

    def __init__(self, render: Callable[[], object], queue: PrintQueue, printer: Printer | None) -> None:
        self._render = render
        self._dispatch = Dispatch(queue, printer) if printer is not None else None

    def step(self) -> float:
        """One round; returns the seconds until the next is due."""
        self._render()
        return self._dispatch.step() if self._dispatch is not None else IDLE


class Renderer:
    """Renders what waits. The press, with its fonts, is made when the first paper is drawn and kept from then on."""

    def __init__(self) -> None:
        self._press: PaperPress | None = None

    def __call__(self, spool: Spool) -> None:
        if self._press is None:
            if not spool.waiting(1):
                return
            from printing.press import A4Press  # noqa: PLC0415 - reportlab takes a third of a second to load

            self._press = A4Press()
        from printing.spool import render_waiting  # noqa: PLC0415 - loads late, with the press

        render_waiting(spool, self._press)
