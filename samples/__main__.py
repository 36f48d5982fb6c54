"""`python -m samples --folder DIR`: serve the sample portals until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from datetime import datetime
from pathlib import Path
from threading import Event

from samples.dates import CHINA
from samples.world import SamplesUnavailable, serve


def main() -> int:
    """Print one JSON line (`portals_dir`, `urls`, `today`) when all portals answer; 1 when they cannot."""
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, required=True, help="where ports, first day and portal files are kept"
    )
    parser.add_argument(
        "--port", type=int, help="first of four ports, at the first start in a folder (default: free ones)"
    )
    options = parser.parse_args()
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        with serve(options.folder, datetime.now(CHINA).date(), options.port) as world:
            shown = {
                "portals_dir": str(world.portals_dir),
                "urls": world.urls,
                "today": world.today.isoformat(),
            }
            print(json.dumps(shown), flush=True)
            stop.wait()
    except SamplesUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
