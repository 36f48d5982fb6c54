-- The one row of a new file.

insert into warehouse_info (schema_version, duckdb_version, is_masked, has_search_index)
values ($1, $2, $3, false);
