"""How quickly tasks are taken from texts, on one core, and where the time goes.

    python benchmarks/tasks.py [--rounds 5] [--jionlp-python PY]

The same texts go through task extraction, one compiled pattern, and, where a Python is named that has it,
`jionlp.ner.extract_time`, which finds nothing but times (jionlp is Apache licensed, its segmenter jiojio is
under the GPL, so it is no dependency: `python -m venv /tmp/peer && /tmp/peer/bin/pip install jionlp`).

Two sets: the published notices, where ../shared lies beside the project, as notices are; and our own of
tests/notices, where a task of every style stands in every second line. What the reader remembers of units'
names is forgotten before each round, so that no round profits from the one before it.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SETS = {
    "published notices": (ROOT.parent / "shared" / "corpus" / "notices",),
    "our own, dense": (ROOT / "tests" / "notices" / "texts", ROOT / "tests" / "notices" / "second" / "texts"),
}
PATTERN = re.compile(
    r"(?:(?P<y>20\d\d)年)?(?P<m>1[0-2]|[1-9])月(?:(?P<d>\d{1,2})日|底)前|"
    r"(?P<unit>[\u4e00-\u9fff]{2,12}[局委办厅部])(?:牵头|负责|配合)|(?P<n>\d+(?:\.\d+)?)%"
)
PEER = """
import json, sys, time
from jionlp import ner
texts = json.load(sys.stdin)
ner.extract_time("2023年")
start = time.process_time()
for text in texts:
    for line in text.split("\\n"):
        ner.extract_time(line)
print("seconds", time.process_time() - start)
"""
Reading = tuple[Sequence[object], object]


def stored(folders: Sequence[Path]) -> list[Reading]:
    """The documents and contexts that the reader hands on to task extraction."""
    from transforms import read

    found: list[Reading] = []
    original = read.read_tasks
    read.read_tasks = lambda documents, context: found.append((documents, context)) or ([], [])  # type: ignore
    for folder in folders:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            read.read_notices(path.read_bytes(), read.Source(name=path.name))
    read.read_tasks = original
    return found


def best(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the quickest round."""
    times = []
    for _ in range(rounds):
        forget()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def forget() -> None:
    """Empty the caches of names and heads."""
    from transforms.tasks import headers, shares, unit_names

    for remembered in (headers.meaning, shares._read_member, unit_names._normal):
        remembered.cache_clear()


def steps(readings: list[Reading]) -> dict[str, Callable[[], object]]:
    """The steps of extraction, each for all texts, each with those before it."""
    from transforms.tasks import read_tasks
    from transforms.tasks.outline import Outline
    from transforms.tasks.parts import read_blocks, read_parts
    from transforms.tasks.reader import read_drafts
    from transforms.tasks.view import View

    documents = [(document, context) for several, context in readings for document in several]

    def outlines() -> None:
        for document, _ in documents:
            view = View(document.text)
            for part in read_parts(read_blocks(document, view), view.folded):
                Outline(view).add(part.blocks)

    return {
        "one spelling of marks": lambda: [View(document.text) for document, _ in documents],
        "… and the outline": outlines,
        "… and which items, who": lambda: [
            [*read_drafts(document, View(document.text), context)] for document, context in documents
        ],
        "the whole of extraction": lambda: [read_tasks(several, context) for several, context in readings],
        "one compiled pattern": lambda: [PATTERN.findall(document.text) for document, _ in documents],
    }


def peer_seconds(python: str, texts: list[str]) -> float:
    """What jionlp takes for the times in `texts`, paragraph by paragraph, without its start."""
    done = subprocess.run(
        [python, "-c", PEER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return float(done.stdout.rpartition("seconds ")[2])


def main(arguments: list[str] | None = None) -> int:
    """Print characters and notices a second."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="the quickest of so many counts")
    parser.add_argument("--jionlp-python", help="a Python that has jionlp")
    chosen = parser.parse_args(arguments)
    for name, folders in SETS.items():
        readings = stored(folders)
        texts = [document.text for several, _ in readings for document in several]
        size = sum(map(len, texts))
        if not size:
            continue
        print(f"{name}: {len(readings)} notices, {size} characters, Python {platform.python_version()}")
        seconds = {step: best(run, chosen.rounds) for step, run in steps(readings).items()}
        if chosen.jionlp_python:
            seconds["jionlp: times alone"] = peer_seconds(chosen.jionlp_python, texts)
        for step, took in seconds.items():
            print(
                f"  {step:24} {size / took / 1e6:8.3f} M characters/s {len(readings) / took:9.1f} notices/s"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
