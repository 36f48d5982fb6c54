"""How quickly pages are read, side by side with the readers that others use, on the same pages and one core.

    python benchmarks/reading.py [--pages FOLDER] [--rounds 3] [--memory 10000]

Ours gives body, metadata, tasks, citations, contacts, relevance and signatures; the others a body and a
title. The pages are those of the working portals in ../shared (or of FOLDER). Readers that are not
installed are left out: pip install '.[bench]'.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
Reader = Callable[[bytes], object]


def ours() -> Reader:
    from transforms.read import Source, read_notices

    return lambda page: read_notices(page, Source("page"))


def beautiful_soup() -> Reader:
    from bs4 import BeautifulSoup

    return lambda page: BeautifulSoup(page, "lxml")


def lxml_html() -> Reader:
    from lxml import html

    return lambda page: html.fromstring(page)


def gne() -> Reader:
    extractor = importlib.import_module("gne").GeneralNewsExtractor()
    return lambda page: extractor.extract(page.decode("utf-8", "replace"))


def trafilatura() -> Reader:
    extract = importlib.import_module("trafilatura").bare_extraction
    return lambda page: extract(page)


def readability() -> Reader:
    document = importlib.import_module("readability").Document

    def read(page: bytes) -> object:
        found = document(page.decode("utf-8", "replace"))
        return found.title(), found.summary()

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "lxml.html.fromstring (parse only)": lxml_html,
    "BeautifulSoup(html, 'lxml') (parse only)": beautiful_soup,
    "ours (everything)": ours,
    "gne": gne,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
}


def load_pages(folder: Path | None) -> list[bytes]:
    """Notice pages from a folder, or of the seven working portals."""
    if folder:
        return [path.read_bytes() for path in sorted(folder.glob("*.htm*"))]
    import requests

    from tests.world.worlds import running_world

    with running_world(ROOT.parent / "shared") as world:
        listed = [
            notice["url"]
            for portal in world.truth().values()
            for notice in portal["notices"]
            if notice["listed"] and "soft404" not in notice["flags"]
        ]
        return [requests.get(url, timeout=30).content for url in listed]


def measure(read: Reader, pages: list[bytes], rounds: int) -> tuple[float, float, int]:
    """Milliseconds a page: the best round's mean, its median page; and how many pages it failed on."""
    means, medians, failed = [], [], 0
    for _ in range(rounds):
        each = []
        failed = 0
        for page in pages:
            started = time.process_time()
            try:
                read(page)
            except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError):
                failed += 1
            each.append((time.process_time() - started) * 1000)
        means.append(statistics.fmean(each))
        medians.append(statistics.median(each))
    return min(means), min(medians), failed


def memory_over(pages: list[bytes], count: int) -> Iterator[tuple[int, int]]:
    """(pages read, peak memory in MB) after each tenth of `count` pages."""
    read = ours()
    for number in range(1, count + 1):
        read(pages[number % len(pages)])
        if number % (count // 10) == 0:
            yield number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, help="folder of HTML pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="read N pages and show the memory")
    options = parser.parse_args()
    pages = load_pages(options.pages)
    print(f"{len(pages)} pages, {sum(map(len, pages)) / len(pages) / 1024:.1f} KB a page on average")
    print(f"{'reader':42} {'mean ms':>8} {'median':>8} {'failed':>7} {'to ours':>8}")
    results = {}
    for name, make in READERS.items():
        try:
            results[name] = measure(make(), pages, options.rounds)
        except ModuleNotFoundError as error:
            print(f"{name:42} not installed ({error.name})")
    mine = results["ours (everything)"][0]
    for name, (mean, median, failed) in results.items():
        print(f"{name:42} {mean:8.2f} {median:8.2f} {failed:7} {mean / mine:7.2f}×")
    for number, peak in memory_over(pages, options.memory) if options.memory else ():
        print(f"{number:6} pages read: peak {peak} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
