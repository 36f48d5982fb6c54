-- The one row of a new file.

insert into warehouse_info (schema_version, duckdb_version, is_masked, has_search_index)
values (getvariable('schema_version'), getvariable('duckdb_version'), getvariable('is_masked'), false);
