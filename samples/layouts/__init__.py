"""The layouts of four systems that government portals are built with: one module each, the same functions.

`answer(site, path, fields)` is the page at a path, None for 404; `fields` are those of the query and of a
posted form. `notice_path(site, notice)` is where a notice stands. The mark-up is our own; what a crawler
reads of it (addresses, pagers, class names, label cells) is as these systems make it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from samples.layouts import gkmlpt, hanweb, trs_wcm, vsb
from samples.notice import Notice
from samples.site import Page, Site


class Layout(Protocol):
    """What each module of this package offers."""

    def answer(self, site: Site, path: str, fields: Mapping[str, str]) -> Page | None: ...

    def notice_path(self, site: Site, notice: Notice) -> str: ...


LAYOUTS: dict[str, Layout] = {"trs_wcm": trs_wcm, "hanweb": hanweb, "vsb": vsb, "gkmlpt": gkmlpt}
