"""`python -m crawlers`: list, check, crawl and recognise portals from the shell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from crawlers.errors import CrawlError, WrongSetting
from crawlers.output import until_enough_is_read

_EPILOG = (
    "Exit status: 0 done, 1 something failed (named on stderr), 2 wrong usage. Settings: FGF_… (see README)."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        with until_enough_is_read():
            return int(options.run(options))
    except (CrawlError, WrongSetting) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m crawlers", description="From portals into the archive.", epilog=_EPILOG
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    listing = commands.add_parser("list", help="the portals: id, name, family, last crawl, health")
    listing.set_defaults(run=_list)

    check = commands.add_parser(
        "check", help="read one list page and one notice of a portal, and show each field"
    )
    check.add_argument("portals", nargs="*", metavar="ID")
    check.add_argument(
        "--all", action="store_true", help="all portals, one line each; what is healthy is remembered"
    )
    check.add_argument(
        "--save", action="store_true", help="store the two pages and their JSON in tests/portals/ID/"
    )
    check.set_defaults(run=_check, parser=check)

    crawl = commands.add_parser("crawl", help="crawl portals into the archive")
    crawl.add_argument("portals", nargs="+", metavar="ID")
    crawl.add_argument(
        "--since", type=_day, metavar="DATE", help="as far back as this list date (YYYY-MM-DD)"
    )
    crawl.add_argument("--full", action="store_true", help="all that the lists hold")
    crawl.set_defaults(run=_crawl)

    recognise = commands.add_parser("recognise", help="say which family a list page belongs to, and why")
    recognise.add_argument("page", metavar="URL-or-FILE")
    recognise.set_defaults(run=_recognise)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2023-04-18") from error


def _list(_: argparse.Namespace) -> int:
    from crawlers.commands import list_portals

    return list_portals()


def _check(options: argparse.Namespace) -> int:
    from crawlers.commands import check_portals

    if bool(options.portals) == options.all:
        options.parser.error("name the portals, or say --all")
    return check_portals(options.portals, options.save)


def _crawl(options: argparse.Namespace) -> int:
    from crawlers.commands import crawl_portals

    return crawl_portals(options.portals, options.since, options.full)


def _recognise(options: argparse.Namespace) -> int:
    from crawlers.commands import recognise_page

    return recognise_page(options.page)


if __name__ == "__main__":
    sys.exit(main())
