"""`python -m transforms`: read notices from files, or the archive into staging."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.output import until_enough_is_read

if TYPE_CHECKING:
    from transforms.records import Notice

_EPILOG = """\
Data go to standard output, messages to standard error.
Exit status: 0 done, 1 a file could not be read or the archive not be staged, 2 wrong usage.

  python -m transforms notice.html 附件.pdf          one JSON object a notice, one a line
  curl -s URL | python -m transforms - --explain     the notice, its parts coloured, for people
  python -m transforms --archive                     what the archive has that staging has not
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.files) == options.archive:
        parser.error("give files to read (or - for standard input), or --archive, and not both")
    if (options.full or options.portal) and not options.archive:
        parser.error("--full and --portal belong to --archive")
    if options.ocr and options.archive:
        parser.error("--ocr belongs to files; for the archive set FGF_OCR=1")
    try:
        with until_enough_is_read():
            return (
                _stage(options.portal, options.full)
                if options.archive
                else _read(options.files, options.explain, options.ocr)
            )
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m transforms",
        description="Read notices from HTML, PDF, DOC, DOCX, XLS, XLSX, OFD, ZIP, JSON, text or Markdown.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a page or file, or - for standard input")
    parser.add_argument(
        "--explain", action="store_true", help="show what was read where, for people, instead of JSON"
    )
    parser.add_argument(
        "--ocr", action="store_true", help="read scanned PDF by OCR (needs the extra: pip install '.[ocr]')"
    )
    parser.add_argument("--archive", action="store_true", help="read the archive into staging")
    parser.add_argument("--portal", action="append", metavar="ID", help="with --archive: this portal only")
    parser.add_argument(
        "--full", action="store_true", help="with --archive: read again what is staged already"
    )
    return parser


def _read(names: Iterable[str], explain: bool, ocr: bool) -> int:
    from transforms.read import Source, as_json, read_notices

    status = 0
    for name in names:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"error: {name}: {error.strerror}", file=sys.stderr)
            status = 1
            continue
        # A name in another charset than UTF-8 (of an unpacked Chinese archive, say) could not be printed.
        shown = os.fsencode(name).decode("utf-8", "replace")
        notices = read_notices(data, Source(name=shown, ocr=ocr))
        for notice in notices:
            if explain:
                _explain(notice)
            else:
                print(json.dumps(as_json(notice), ensure_ascii=False))
        if not any(notice.text or notice.doc_no for notice in notices):
            reasons = "; ".join(problem.reason for notice in notices for problem in notice.problems)
            print(f"error: {shown}: nothing could be read: {reasons}", file=sys.stderr)
            status = 1
    return status


def _explain(notice: Notice) -> None:
    from transforms.explain import explain

    explain(notice)


def _stage(portals: Sequence[str] | None, full: bool) -> int:
    from datetime import UTC, datetime

    from crawlers.bars import bars
    from crawlers.errors import WrongSetting
    from crawlers.settings import load_settings
    from transforms.staging import stage_archive

    try:
        settings = load_settings()
        with bars(["batches"]) as shown:
            report = stage_archive(
                settings,
                portals,
                read_since=datetime.now(UTC) if full else None,
                progress=lambda done, total, portal_id: shown["batches"](portal_id, done, total),
            )
    except (WrongSetting, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(
        f"{report.batches} batches read, {report.unchanged} left alone: {report.notices} notices,"
        f" {report.tasks} tasks, {report.rejected} rejected",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
