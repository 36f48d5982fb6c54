"""The data sets that DAGs hand to one another. Data passes by storage; the asset is the signal."""

from airflow.sdk import Asset

# Written by crawl_portals: WARC files below $FGF_DATA_DIR/archive (or FGF_ARCHIVE_URL).
ARCHIVE = Asset(name="archive", uri="fgf://archive", group="fgf")

# Written by build_warehouse: the published DuckDB file $FGF_DATA_DIR/warehouse.duckdb.
WAREHOUSE = Asset(name="warehouse", uri="fgf://warehouse", group="fgf")

# Written by weekly_digest: $FGF_DATA_DIR/reports/digest/<week>.html, .md, .xlsx.
DIGEST = Asset(name="digest", uri="fgf://digest", group="fgf")
