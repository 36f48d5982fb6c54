"""What a layout needs to know of its portal, and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from samples.dates import CHINA
from samples.notice import Attachment, Notice

HTML = "text/html; charset=utf-8"
BANNER = "示例数据，内容为虚构"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer with status 200. `modified` becomes Last-Modified; the ETag is made from the bytes."""

    body: bytes
    modified: datetime
    media_type: str = HTML
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A list of a portal, its address as a path, and its notices, newest first."""

    name: str
    path: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A sample portal: its names and lists as its portal file says them."""

    id: str
    region: str
    code: str  # of the government web site (网站标识码): ten digits, invented
    family: str
    base: str  # http://127.0.0.1:<port>, without a slash at the end
    today: date  # the day the samples were first served
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        return f"{self.region}人民政府"

    def modified(self, notice: Notice | None = None) -> datetime:
        """When a page changed last; lists with their newest notice.

        Never later than the first second of the pinned day: a Last-Modified in the future is none.
        """
        newest = max(item.published for column in self.columns for item in column.notices)
        midnight = datetime.combine(self.today, time(), CHINA)
        return min(notice.published if notice else newest, midnight)

    def html(self, text: str, notice: Notice | None = None) -> Page:
        return Page(text.encode("utf-8"), self.modified(notice))

    def file(self, notice: Notice, attachment: Attachment, disposition: str = "") -> Page:
        """An attachment as its program would have saved it."""
        from samples.files import MEDIA_TYPES, make_file

        body = make_file(attachment, notice.written)
        return Page(body, self.modified(notice), MEDIA_TYPES[attachment.ending], disposition)
