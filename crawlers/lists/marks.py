"""What recognisers look at: a page's address and the links that stay on its own host.

Links to other portals say nothing of this one: provinces link to their cities, whatever those run on.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

HREF = re.compile(r"""\shref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def own_links(url: str, html: str) -> list[str]:
    """The page's address and the whole addresses of its links to the same host.

    A page from a file has no address: its host is then the one that most of its links lead to.
    """
    links, hrefs = [url], HREF.findall(html)
    url = url or _usual_host(hrefs)
    for href in hrefs:
        try:
            link = urljoin(url, href)
            if urlsplit(link).netloc == urlsplit(url).netloc:
                links.append(link)
        except ValueError:  # http://[broken
            continue
    return links


def _usual_host(hrefs: list[str]) -> str:
    hosts = Counter(match[0] for href in hrefs if (match := re.match(r"https?://[^/?#]+", href)))
    return hosts.most_common(1)[0][0] + "/" if hosts else ""
