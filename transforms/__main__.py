"""`python -m transforms FILE… | -`: one JSON object a notice, one a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0, 1 when something could not be read, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m transforms", description=__doc__)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="notice in any format, or - for standard input"
    )
    options = parser.parse_args(arguments)
    from transforms.read import Source, as_json, read_notices

    for name in options.files:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        for notice in read_notices(data, Source(name=name)):
            print(json.dumps(as_json(notice), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
