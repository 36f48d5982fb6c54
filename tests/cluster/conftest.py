"""What the tests of the lake share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.lake import Server, running_postgres


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL without any lake yet."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server
