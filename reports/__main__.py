"""`python -m reports digest|ledger|feed|site|mail`: write what readers look at. Paths go to stdout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from crawlers.errors import WrongSetting
from crawlers.output import until_enough_is_read
from reports.errors import NoPdf, UnknownRegion, UnknownUnit, WrongRecipients, WrongWeek
from warehouse.errors import WarehouseError

FORMS = ("progress", "measures", "adoption")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 the work failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    work: Callable[[argparse.Namespace], int] = options.work
    try:
        with until_enough_is_read():
            return work(options)
    except (WrongSetting, WrongWeek, WrongRecipients) as error:
        print(error, file=sys.stderr)
        return 2
    except (WarehouseError, UnknownRegion, UnknownUnit, NoPdf, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    digest = commands.add_parser("digest", help="weekly digest: HTML, Markdown, XLSX")
    digest.add_argument("--week", help="ISO week such as 2023-W16; the last whole week by default")
    digest.add_argument("--pdf", action="store_true", help="print the page as PDF too (needs Chromium)")
    digest.set_defaults(work=_digest)

    ledger = commands.add_parser("ledger", help="task ledger (任务台账) or a form, as XLSX")
    ledger.add_argument(
        "--due-before", type=date.fromisoformat, metavar="DATE", help="only tasks due before that day"
    )
    ledger.add_argument("--by-unit", action="store_true", help="a sheet for each unit")
    ledger.add_argument("--form", choices=FORMS, help="a form filled in for --unit: 进度表, 统计表, 申报表")
    ledger.set_defaults(work=_ledger)

    feed = commands.add_parser("feed", help="Atom feeds and calendars")
    feed.add_argument("--base", default="", metavar="URL", help="address that the feeds will be served from")
    feed.add_argument(
        "--recipients", type=Path, metavar="TOML", help="a feed for each saved search of the readers"
    )
    feed.set_defaults(work=_feed)

    site = commands.add_parser("site", help="policy explorer: static pages that open from file://")
    site.set_defaults(work=_site)

    mail = commands.add_parser("mail", help="write the week's mails as .eml files, sending nothing")
    mail.add_argument("--week", help="ISO week; the last whole week by default")
    mail.add_argument("--recipients", type=Path, required=True, metavar="TOML", help="who gets what")
    mail.set_defaults(work=_mail)

    for command in (digest, ledger):
        command.add_argument("--region", help="a region with all that lie in it")
        command.add_argument("--unit", help="a unit as printed or in its full spelling")
    for command in (digest, ledger, feed, site, mail):
        command.add_argument(
            "--today", type=date.fromisoformat, metavar="DATE", help="count dates from that day"
        )
    return parser


def _digest(options: argparse.Namespace) -> int:
    from crawlers.settings import load_settings
    from reports.digest import print_digest, write_digest

    report = write_digest(
        load_settings(), options.week, today=options.today, region=options.region, unit=options.unit
    )
    print(report.html, report.markdown, report.xlsx, sep="\n")
    print(
        f"{report.week}: {report.policies} policies, {report.tasks} tasks, {report.changes} changes,"
        f" {report.due} dates ahead",
        file=sys.stderr,
    )
    if options.pdf:
        print(print_digest(report))
    return 0


def _ledger(options: argparse.Namespace) -> int:
    from crawlers.settings import load_settings
    from reports.forms import write_form
    from reports.ledger import write_ledger

    if options.form:
        if wrong := _misfit_of_form(options):
            print(wrong, file=sys.stderr)
            return 2
        report = write_form(
            load_settings(), options.form, unit=options.unit, region=options.region, today=options.today
        )
    else:
        report = write_ledger(
            load_settings(),
            unit=options.unit,
            region=options.region,
            due_before=options.due_before,
            by_unit=options.by_unit,
            today=options.today,
        )
    print(report.xlsx)
    print(f"{report.tasks} tasks", file=sys.stderr)
    return 0


def _misfit_of_form(options: argparse.Namespace) -> str:
    """What in the options of a ledger a form cannot be filled in by; empty when it can."""
    if not options.unit:
        return "--form needs --unit: a form is filled in for one department"
    if options.by_unit or options.due_before:
        return "--by-unit and --due-before are of the ledger: a form holds all tasks of its department"
    return ""


def _feed(options: argparse.Namespace) -> int:
    from crawlers.settings import load_settings
    from reports.feeds import write_feeds
    from reports.recipients import load_recipients

    readers = load_recipients(options.recipients) if options.recipients else ()
    searches = [interest for reader in readers for interest in reader.interests]
    for path in write_feeds(load_settings(), base=options.base, searches=searches, today=options.today):
        print(path)
    return 0


def _site(options: argparse.Namespace) -> int:
    from crawlers.settings import load_settings
    from reports.site import write_site

    report = write_site(load_settings(), today=options.today)
    print(report.index)
    print(f"{report.notices} notices, {report.tasks} tasks, {report.bytes:,} bytes", file=sys.stderr)
    return 0


def _mail(options: argparse.Namespace) -> int:
    from crawlers.settings import load_settings
    from reports.mail import write_mails

    for path in write_mails(load_settings(), options.recipients, options.week, today=options.today):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
