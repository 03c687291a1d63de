"""A line that takes its time: every byte arrives so many seconds later, in each direction half of it.

A program of its own, so that it takes nothing from the interpreter of either end; it prints its port.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

_PIECE = 1 << 18


async def serve(upstream: int, round_trip: float) -> None:
    """Pass on what comes to the port of `upstream` on this machine until the process is ended."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", upstream)
        await asyncio.gather(_pour(reader, there_writer, round_trip / 2), _pour(there_reader, writer, round_trip / 2))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    await asyncio.gather(_take(reader, on_its_way, delay), _give(writer, on_its_way))


async def _take(reader: asyncio.StreamReader, on_its_way: asyncio.Queue[tuple[float, bytes]], delay: float) -> None:
    clock: Callable[[], float] = asyncio.get_running_loop().time
    piece = b"-"
    while piece:
        try:
            piece = await reader.read(_PIECE)
        except ConnectionError:
            piece = b""
        on_its_way.put_nowait((clock() + delay, piece))


async def _give(writer: asyncio.StreamWriter, on_its_way: asyncio.Queue[tuple[float, bytes]]) -> None:
    clock: Callable[[], float] = asyncio.get_running_loop().time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    while True:
        due, piece = await on_its_way.get()
        if (rest := due - clock()) > 0:
            await sleep(rest)
        if not piece:
            writer.close()
            return
        writer.write(piece)
        await writer.drain()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
