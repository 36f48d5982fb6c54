"""All settings of the system, read from the environment (prefix `FGF_`) in this one place.

They live in the first stage because every later stage may import it. Pydantic checks them; its companion for
environments would cost every command a third of a second at its start.
"""

import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from crawlers.errors import WrongSetting

ROOT = Path(__file__).resolve().parent.parent
LAKE = "ducklake:postgres:"
PASSWORD = re.compile(r"\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|\S*)|(?<=://)[^@\s]*(?=@)", re.IGNORECASE)
"""A password in libpq's connection string: `password=…`, or before the host of an address."""


class Settings(BaseModel):
    """Settings of one run; the field `data_dir` is read from `FGF_DATA_DIR`, and so on, unless given."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    data_dir: Path = Field(
        Path("data"), description="Everything that is made: archive, staging, warehouse, reports"
    )
    portals_dir: str = Field("crawlers/portals", description="Folders of portal files, separated by ':'")
    archive_url: str = Field(
        "", description="Archive location, any fsspec URL; empty: `archive/` below data_dir"
    )
    contact: str = Field(
        "",
        pattern=r"^[ -~]*$",  # it goes into a header
        description="Mail address or page in the user agent; no live crawl without it",
    )
    pace: float = Field(
        1.0, ge=0, description="Least seconds between requests to one host:port; below 1 on loopback only"
    )
    workers: int = Field(
        4, ge=1, le=32, description="Portals crawled at one time by `python -m crawlers crawl`"
    )
    budget: int = Field(2000, ge=1, description="Most requests of one crawl of one portal; the next goes on")
    deadline: float = Field(
        90.0, gt=0, description="Most seconds of one request, from sending to the last byte"
    )
    minutes: float = Field(
        120.0, gt=0, description="Most minutes of one crawl of one portal; the next goes on"
    )
    recheck_days: float = Field(
        1.0,
        ge=0,
        description="Least days between two looks at a young notice; older ones are seen less often",
    )
    sweep_days: float = Field(
        7.0, gt=0, description="After so many days a crawl walks the lists again as far as the first one did"
    )
    first_days: int = Field(90, ge=1, le=36_500, description="How many days back a first crawl goes")
    keep_versions: int = Field(5, ge=1, description="Published warehouse files that are kept")
    memory_limit: str = Field(
        "2GB", pattern=r"^\d+(\.\d+)?\s*[KMGT]i?B$", description="DuckDB's memory limit"
    )
    warehouse: SecretStr = Field(
        SecretStr(""),
        description="Empty: a DuckDB file with one writer; `ducklake:postgres:dbname=… host=… user=…`:"
        " a DuckLake for several, its catalog in that PostgreSQL database",
    )
    warehouse_files: str = Field(
        "",
        description="Folder of the DuckLake's Parquet files, of the same path on every machine;"
        " empty: `lake/` below data_dir",
    )
    ocr: bool = Field(
        False,
        description="Read scanned PDF files by OCR (`pip install '.[ocr]'`);"
        " staged ones anew by `python -m transforms --archive --full`",
    )
    show_contacts: bool = Field(False, description="Leave names and numbers of contact persons unmasked")
    corrections_dir: Path = Field(
        ROOT / "corrections", description="Folder of TOML files with values corrected by hand"
    )
    recipients: str = Field("", description="TOML file of the digest's readers; empty: no mail is sent")
    alarm_mail: str = Field("", description="Address that is told of alarms by mail; empty: none")
    alarm_webhook: SecretStr = Field(
        SecretStr(""),
        description="Address that is told of alarms by POST; a secret: never logged; empty: none",
    )
    alarm_style: Literal["json", "dingtalk", "wecom", "feishu"] = Field(
        "json", description="Body of that POST: json, or as DingTalk, WeCom or Feishu robots want it"
    )

    @field_validator("warehouse")
    @classmethod
    def _is_a_catalog(cls, value: SecretStr) -> SecretStr:
        """A DuckLake's place, told apart from what DuckDB would take for something else."""
        text = value.get_secret_value()
        if text and not text.startswith(LAKE):
            raise ValueError(f"expected nothing (a DuckDB file), or {LAKE}dbname=… host=… user=…")
        if text and ("://" in text or not re.search(r"\bdbname\s*=", text)):
            raise ValueError(f"expected {LAKE} and then key=value pairs, dbname= among them, not an address")
        return value

    @property
    def lake(self) -> str:
        """The DuckLake's catalog as a connection string of libpq, password and all; empty: a DuckDB file."""
        return self.warehouse.get_secret_value().removeprefix(LAKE)

    @property
    def lake_files(self) -> Path:
        """Where a new DuckLake gets its Parquet files."""
        return (Path(self.warehouse_files) if self.warehouse_files else self.data_dir / "lake").absolute()

    @model_validator(mode="before")
    @classmethod
    def _environment(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        names = {name: f"FGF_{name.upper()}" for name in cls.model_fields}
        said = {name: os.environ[variable] for name, variable in names.items() if variable in os.environ}
        return said | dict(given)

    @cached_property
    def portal_dirs(self) -> list[Path]:
        """Folders of portal files, relative ones taken from the project's root."""
        return [ROOT / part for part in self.portals_dir.split(":") if part]

    @property
    def archive(self) -> str:
        """Location of the archive: a path or an fsspec URL."""
        return self.archive_url or str(self.data_dir / "archive")

    @property
    def spool(self) -> Path:
        """Where a crawl writes its open WARC files before they are closed and moved into the archive."""
        return self.data_dir / "spool"

    @property
    def state(self) -> Path:
        """What the crawler knows of each portal (can be made again from the archive)."""
        return self.data_dir / "state"

    @property
    def staging(self) -> Path:
        """Folder of the staged Parquet files, one a crawl."""
        return self.data_dir / "staging"

    @property
    def work_file(self) -> Path:
        """The warehouse file that the loader alone opens."""
        return self.data_dir / "warehouse" / "work.duckdb"

    @property
    def published(self) -> Path:
        """The pointer that readers open: a symbolic link to the newest published version."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def reports(self) -> Path:
        """Folder of all that is written for readers."""
        return self.data_dir / "reports"


def load_settings() -> Settings:
    """The settings of this process.

    Raises WrongSetting, naming the variable, what it holds and what it should hold.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"FGF_{str(e['loc'][0]).upper()}={PASSWORD.sub('…', repr(e['input']))}: {e['msg']}"
            for e in error.errors()
        ]
        raise WrongSetting("; ".join(lines)) from error
