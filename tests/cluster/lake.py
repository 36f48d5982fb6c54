"""A real PostgreSQL for DuckLakes, and settings that lead to one of its databases."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from pydantic import SecretStr

from crawlers.settings import Settings
from ops.ports import free_port
from tests.cluster.services import Cluster, start_postgres, tempfile_folder
from tests.warehouse.made import make_settings


@dataclass
class Server:
    """A running PostgreSQL of the tests' own."""

    cluster: Cluster
    stores: Path
    password: str

    @property
    def port(self) -> int:
        return self.cluster.ports["postgres"]

    def run(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What the server says to this statement, asked as its administrator."""
        with contextlib.closing(
            psycopg2.connect(
                host="127.0.0.1", port=self.port, user="airflow", password=self.password, dbname=database
            )
        ) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return list(cursor.fetchall()) if cursor.description else []

    def catalog(self, database: str, user: str = "airflow", password: str | None = None) -> SecretStr:
        """The setting FGF_WAREHOUSE for a database of this server."""
        return SecretStr(
            f"ducklake:postgres:dbname={database} host=127.0.0.1 port={self.port} user={user} "
            f"password={password or self.password}"
        )


@contextlib.contextmanager
def running_postgres(folder: Path) -> Iterator[Server]:
    """PostgreSQL on loopback; stopped, and its data removed, when the block ends."""
    stores = Path(tempfile_folder())
    cluster = Cluster(folder, {}, {"postgres": free_port(15632)}, "", "")
    server = Server(cluster, stores, secrets.token_urlsafe(12))
    try:
        start_postgres(cluster, stores, server.password)
        yield server
    finally:
        cluster.stop()
        shutil.rmtree(stores, ignore_errors=True)


def lake_settings(server: Server, folder: Path, **values: Any) -> Settings:
    """Settings whose warehouse is a lake in a new database; its files lie below `folder`."""
    database = f"lake_{secrets.token_hex(4)}"
    server.run(f"create database {database}")
    return make_settings(
        folder, warehouse=server.catalog(database), warehouse_files=str(folder / "lake"), **values
    )
