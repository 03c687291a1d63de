"""The client of P5's other side in its own environment: tuspy puts files up, one after the other, as it does.

Run by bench_sync with the Python of a throw-away environment; imports nothing of the project. Protocol, a line each
way: the number of files → bytes a second.
"""

import io
import os
import sys
import time

from tusclient.client import TusClient  # type: ignore[import-not-found]  # lives in the throw-away environment


def main() -> None:
    url, size = sys.argv[1], int(sys.argv[2])
    client = TusClient(url)
    for line in sys.stdin:
        contents = [os.urandom(size) for _ in range(int(line))]
        began = time.perf_counter()
        for content in contents:
            client.uploader(file_stream=io.BytesIO(content), chunk_size=size, metadata={"filename": "page"}).upload()
        print(len(contents) * size / (time.perf_counter() - began), flush=True)


if __name__ == "__main__":
    main()
