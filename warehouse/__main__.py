"""`python -m warehouse`: load staging, check, publish, export, describe.

Data goes to stdout, messages to stderr. Exit status: 0 done, 1 the work failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.errors import WrongSetting
from crawlers.output import until_enough_is_read
from warehouse.errors import WarehouseError

if TYPE_CHECKING:  # half of the time of --help
    from crawlers.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    from crawlers.settings import load_settings

    try:
        settings = load_settings()
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return 2
    try:
        with until_enough_is_read():
            return int(options.run(settings, options))
    except WarehouseError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # what was begun is undone or taken up by the next run
        print("stopped", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m warehouse", description="Staged batches into the DuckDB file that analysts read."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("load", _load, "load staged batches that are new or were read anew"),
        ("check", _check, "run the checks; status 1 when one of severity `error` fails"),
        ("publish", _publish, "check, then publish a copy and turn the pointer to it"),
        ("build", _build, "load, check and publish"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
    query = commands.add_parser("query", help="ask the published warehouse one question in SQL")
    query.add_argument("sql", help="the question, in DuckDB's SQL")
    query.add_argument("--format", choices=("box", "csv", "json"), default="box", help="default: a table")
    query.set_defaults(run=_query)
    text = "write the published warehouse as files, with checksums and a manifest"
    command = commands.add_parser("export", help=text, description=text)
    command.add_argument(
        "--format", default="parquet", help="parquet, csv, xlsx; several separated by ',' (default: parquet)"
    )
    command.add_argument(
        "--since", type=date.fromisoformat, metavar="DATE", help="only what belongs to notices changed since"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="default: releases below FGF_DATA_DIR")
    command.set_defaults(run=_export)
    text = "print the data dictionary"
    command = commands.add_parser("describe", help=text, description=text)
    command.add_argument("--markdown", action="store_true", help="as docs/dictionary.md holds it")
    command.set_defaults(run=_describe)
    return parser


def _load(settings: Settings, _options: argparse.Namespace) -> int:
    from crawlers.bars import bars
    from crawlers.portal import portal_ids
    from crawlers.scheduled import readable_portals
    from warehouse.load import load

    portals = readable_portals(settings)  # names the others on stderr; the batches are good all the same
    is_whole = len(portals) == len(portal_ids(settings.portal_dirs))
    with bars(["载入批次"]) as shown:
        report = load(settings, lambda done, of: shown["载入批次"]("", done, of), portals=portals)
    changes = (
        ", ".join(f"{count} {change}" for change, count in sorted(report.changes.items())) or "no change"
    )
    print(
        f"{len(report.batches)} batches, {report.notices} notices, {report.tasks} tasks ({changes}) "
        f"in {report.seconds:.1f} s",
        file=sys.stderr,
    )
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 0 if is_whole and not report.problems else 1


def _check(settings: Settings, _options: argparse.Namespace) -> int:
    from warehouse.checks import run_checks

    results = run_checks(settings)
    for result in results:
        mark = "ok" if not result.failed else f"{result.severity} {result.row_count}"
        print(f"{result.name}\t{mark}\t{result.claim}")
        if result.failed:
            print(f"  {result.sample}\n  {result.reason}")
    return 1 if any(result.failed and result.severity == "error" for result in results) else 0


def _publish(settings: Settings, _options: argparse.Namespace) -> int:
    from warehouse.publish import publish

    report = publish(settings)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"published {report.path} ({report.bytes:,} bytes, {report.seconds:.1f} s)", file=sys.stderr)
    return 0


def _build(settings: Settings, options: argparse.Namespace) -> int:
    return max(_load(settings, options), _publish(settings, options))


def _query(settings: Settings, options: argparse.Namespace) -> int:
    from warehouse.query import run_query

    run_query(settings, options.sql, options.format)
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from warehouse.export import WRITERS, export

    formats = [name.strip() for name in options.format.split(",")]
    unknown = [name for name in formats if name not in WRITERS]
    if unknown:
        print(f"--format {unknown[0]}: known are {', '.join(WRITERS)}", file=sys.stderr)
        return 2
    release = export(settings, formats, since=options.since, out=options.out)
    rows = sum(file.rows for file in release.files)
    print(f"{len(release.files)} files, {rows:,} rows", file=sys.stderr)
    print(release.folder)
    return 0


def _describe(_settings: Settings, options: argparse.Namespace) -> int:
    from warehouse.dictionary import markdown_lines, plain_lines

    for line in markdown_lines() if options.markdown else plain_lines():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
