"""How quickly tasks are taken from texts, on one core, and where the time goes.

    python benchmarks/tasks.py [--rounds 5]

The same texts (our own notices, and the published ones where ../shared lies beside the project) go through
task
extraction, one compiled pattern, and `jionlp.ner.extract_time` when it is installed (pip install jionlp),
which
finds nothing but times.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import platform
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDERS = (ROOT / "tests" / "notices" / "texts", ROOT.parent / "shared" / "corpus" / "notices")
PATTERN = re.compile(
    r"(?:(?P<y>20\d\d)年)?(?P<m>1[0-2]|[1-9])月(?:(?P<d>\d{1,2})日|底)前|"
    r"(?P<unit>[\u4e00-\u9fff]{2,12}[局委办厅部])(?:牵头|负责|配合)|(?P<n>\d+(?:\.\d+)?)%"
)
Reading = tuple[Sequence[object], object]


def stored() -> list[Reading]:
    """The documents and contexts that the reader hands on to task extraction."""
    from transforms import read

    found: list[Reading] = []
    original = read.read_tasks
    read.read_tasks = lambda documents, context: found.append((documents, context)) or ([], [])  # type: ignore
    for folder in FOLDERS:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            read.read_notices(path.read_bytes(), read.Source(name=path.name))
    read.read_tasks = original
    return found


def best(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the quickest round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


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
    }


def main(arguments: list[str] | None = None) -> int:
    """Print characters and notices a second."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="the quickest of so many counts")
    rounds = parser.parse_args(arguments).rounds
    readings = stored()
    texts = [document.text for several, _ in readings for document in several]
    size = sum(map(len, texts))
    print(f"{len(readings)} notices, {size} characters, Python {platform.python_version()}")
    work = steps(readings) | {"one compiled pattern": lambda: [PATTERN.findall(text) for text in texts]}
    if importlib.util.find_spec("jionlp"):
        times = importlib.import_module("jionlp").ner.extract_time
        work["jionlp.ner.extract_time"] = lambda: [times(text) for text in texts]
    for name, run in work.items():
        seconds = best(run, rounds if name.startswith(("one", "…", "the")) else 1)
        print(
            f"{name:26} {size / seconds / 1e6:8.2f} M characters/s {len(readings) / seconds:9.0f} notices/s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
