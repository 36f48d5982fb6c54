"""What recognisers look at: a page's address and the links that stay on its own host.

Links to other portals say nothing of this one: provinces link to their cities, whatever those run on.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

HREF = re.compile(r"""\shref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def own_links(url: str, html: str) -> list[str]:
    """The page's address and the whole addresses of its links to the same host."""
    links = [url]
    for href in HREF.findall(html):
        try:
            link = urljoin(url, href)
            if urlsplit(link).netloc == urlsplit(url).netloc:
                links.append(link)
        except ValueError:  # http://[broken
            continue
    return links
