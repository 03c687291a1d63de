"""The other side of P6 in its own environment: renders the page on standard input each time it is told to.

Run by bench_papers with the Python of a throw-away environment; imports nothing of the project. Protocol, a line
each way: the number of renders → the milliseconds of one of them (mean), and what cuts its fonts.
"""

import sys
import time

import weasyprint  # type: ignore[import-not-found]  # lives in the throw-away environment
from weasyprint.text.ffi import harfbuzz_subset  # type: ignore[import-not-found]  # same
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found]  # same


def main() -> None:
    page_file = sys.argv[1]
    fonts = FontConfiguration()
    with open(page_file, encoding="utf-8") as page:  # noqa: PTH123  # stands alone
        html = page.read()
    cutter = "fontTools" if harfbuzz_subset is None else "libharfbuzz-subset"
    for line in sys.stdin:
        count = int(line)
        start = time.perf_counter()
        for _ in range(count):
            weasyprint.HTML(string=html).write_pdf(font_config=fonts)
        spent = time.perf_counter() - start
        print(f"{spent / count * 1000:.4f} {cutter}", flush=True)


if __name__ == "__main__":
    main()
