"""Memory stays flat over thousands of pages."""

from __future__ import annotations

import gc
from pathlib import Path

import psutil
import pytest

from tests.transforms.test_world import fetched, on_line
from tests.world.worlds import running_world
from transforms.read import Source, read_notices

GROWTH = 8 << 20  # bytes: caches have a limit, and what the allocator keeps comes and goes


def resident() -> int:
    gc.collect()
    size: int = psutil.Process().memory_info().rss
    return size


@pytest.mark.full
@pytest.mark.timeout(600)
def test_reading_thousands_of_different_pages_takes_no_more_memory_than_hundreds(shared: Path) -> None:
    with running_world(shared) as world:
        truth = world.control("truth")["portals"]
        pages = [fetched(said["url"]).content for portal in truth for said in on_line(truth, portal)]
    sizes = []
    for round_no in range(14):
        for page in pages:
            # No two pages are the same, so that caches of what was read fill up as they do in a long run.
            read_notices(page.replace(b"</title>", f"{round_no}</title>".encode()), Source("page"))
        sizes.append(resident())
    assert len(pages) * 14 > 3000
    assert sizes[-1] - sizes[3] < GROWTH, [size >> 20 for size in sizes]
