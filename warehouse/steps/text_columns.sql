-- The columns that can hold words of a notice, as text: all but addresses, keys, sums and what we wrote ourselves.

select
    duckdb_columns.table_name,
    duckdb_columns.column_name,
    duckdb_columns.data_type
from duckdb_columns()
inner join duckdb_tables()
    on duckdb_columns.database_name = duckdb_tables.database_name
    and duckdb_columns.table_name = duckdb_tables.table_name
where duckdb_columns.schema_name = 'main'
    and duckdb_columns.database_name = current_database()
    and not duckdb_tables.temporary
    and contains(duckdb_columns.data_type, 'VARCHAR')
    and not regexp_matches(duckdb_columns.column_name, '(_id|_ids|sha256|_ref|_version|url|home|hosts|signature)$')
    and duckdb_columns.table_name not in ('alerts', 'check_results', 'warehouse_info', 'portals', 'corrections')
order by duckdb_columns.table_name, duckdb_columns.column_index;
