"""Pages per second of CPU, and memory, of a crawl: ours against a loop of `requests` and Scrapy.

    .venv/bin/python benchmarks/crawl.py [--scale 50] [--rounds 3] [--scrapy-python PATH]

All ask a working portal (../shared/portals, the TRS one) for the same pages, with delays set to 0, each in a
process of its own whose start counts. Ours and Scrapy find them: from the first list page on they follow
pages, rows and files. Scrapy does so as a spider written for this one portal would, by CSS selectors, and
keeps nothing; ours also looks for block notices, remembers and archives all of it as WARC. The loop of
`requests` is handed the addresses, reads nothing and keeps nothing: it is the floor. In each round all have
their turn; of each the round with the least CPU counts, as other work only adds to it. Scrapy is no
dependency: `--scrapy-python` names an interpreter that has it (default: this one), without it that row is
left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import monotonic

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tests.world.worlds import World, running_world  # noqa: E402

ROOT = Path(sys.path[0])
PORTAL = "shaanxi"
OURS = """
import sys
from crawlers.__main__ import main
sys.exit(main(["crawl", sys.argv[2], "--full"]))
"""
LOOP = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
import requests
local = threading.local()
def get(url):
    if not hasattr(local, "session"):
        local.session = requests.Session()
    return len(local.session.get(url, timeout=30).content)
with ThreadPoolExecutor(8) as pool:
    list(pool.map(get, open(sys.argv[1]).read().split()))
"""
SCRAPY = """
import sys, scrapy
from scrapy.crawler import CrawlerProcess
ENDS = ("pdf", "doc", "docx", "xls", "xlsx", "zip", "rar")
FILES = ", ".join(f".article a[href$='.{end}']" for end in ENDS)
class Notices(scrapy.Spider):
    name = "notices"
    allowed_domains = ["127.0.0.1"]
    start_urls = open(sys.argv[1]).read().split()[:1]
    def parse(self, response):
        for row in response.css("ul.gov-item li"):
            yield {"url": response.urljoin(row.css("a::attr(href)").get()),
                   "title": row.css("a::attr(title)").get(), "date": row.css("span.date::text").get()}
        yield from response.follow_all(css="ul.gov-item li a", callback=self.parse_notice)
        pages, page = response.css("#page script::text").re(r"createPageHTML\\((\\d+), (\\d+)")
        if int(page) + 1 < int(pages):
            yield response.follow(f"index_{int(page) + 1}.html")
    def parse_notice(self, response):
        yield from response.follow_all(css=FILES, callback=self.parse_file)
    def parse_file(self, response):
        yield {"url": response.url, "bytes": len(response.body)}
# Eight requests at a time, its own default: one at a time, as ours asks, costs it a tenth more CPU.
process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0,
                          "ROBOTSTXT_OBEY": True, "TELNETCONSOLE_ENABLED": False, "HTTPCACHE_ENABLED": False})
process.crawl(Notices)
process.start()
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender: seconds on the clock and of CPU, peak memory in MB."""

    name: str
    pages: int
    seconds: float
    cpu: float
    memory: float


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scrapy-python", default=sys.executable)
    options = parser.parse_args()
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        parser.exit(0, "../shared is not here: nothing to crawl\n")
    with (
        running_world(shared, "--scale", str(options.scale)) as world,
        tempfile.TemporaryDirectory() as folder,
    ):
        rows = compare(world, Path(folder), options.rounds, options.scrapy_python)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, scale {options.scale}, the best of {options.rounds} rounds")
    print("| crawler | pages | seconds | pages/s | CPU s | pages per CPU s | peak MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        print(
            f"| {row.name} | {row.pages} | {row.seconds:.1f} | {row.pages / row.seconds:.0f} | {row.cpu:.2f} "
            f"| {row.pages / row.cpu:.0f} | {row.memory:.0f} |"
        )


def compare(world: World, folder: Path, rounds: int, scrapy: str) -> list[Measured]:
    """The best round of each contender."""
    environment = os.environ | {
        "FGF_PORTALS_DIR": str(world.write_portal_files(folder / "portals")),
        "FGF_PACE": "0",
        "FGF_BUDGET": "1000000",
        "PYTHONPATH": str(ROOT),
    }
    contenders = {"ours, archive included": [sys.executable, "-c", OURS]}
    contenders["requests, 8 threads"] = [sys.executable, "-c", LOOP]
    if has_scrapy(scrapy):
        # Files, as Scrapy reads the source of callbacks. Ours asks a portal for one page at a time.
        for name, code in (
            ("8 at a time", SCRAPY),
            ("one at a time", SCRAPY.replace('DOMAIN": 8', 'DOMAIN": 1')),
        ):
            spider = folder / f"spider-{name[:3]}.py"
            spider.write_text(code)
            contenders[f"Scrapy, {name}, nothing kept"] = [scrapy, str(spider)]
    else:
        print("Scrapy is not here: left out (--scrapy-python)", file=sys.stderr)
    best: dict[str, Measured] = {}
    # Once unmeasured: the world makes its pages when they are first asked for.
    for number, name in [(0, "ours, archive included"), *product(range(1, rounds + 1), contenders)]:
        environment["FGF_DATA_DIR"] = f"{folder}/data-{number}"
        row = measure(name, contenders[name], folder / "urls.txt", world, environment)
        print(f"round {number}: {name}: {row.cpu:.2f} s of CPU, {row.seconds:.1f} s", file=sys.stderr)
        if number and (name not in best or row.cpu < best[name].cpu):
            best[name] = row
    return list(best.values())


def has_scrapy(python: str) -> bool:
    """Has this interpreter Scrapy?"""
    return subprocess.run([python, "-c", "import scrapy"], capture_output=True, check=False).returncode == 0


def measure(name: str, command: list[str], urls: Path, world: World, environment: dict[str, str]) -> Measured:
    """Run a contender in a process of its own; the first one's requests are the addresses that the loop asks
    for, and the very first of them is where the spider begins.
    """
    world.control("log", portal=PORTAL, reset=1)
    began = monotonic()
    child = subprocess.Popen([*command, str(urls), PORTAL], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = monotonic() - began
    if child.returncode:
        raise SystemExit(f"{name}: ended with {child.returncode}")
    log = world.control("log", portal=PORTAL)[PORTAL]
    if not urls.exists():
        urls.write_text(
            "\n".join(world.urls[PORTAL] + path for path in log["paths"] if path != "/robots.txt")
        )
    return Measured(name, log["count"], seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
