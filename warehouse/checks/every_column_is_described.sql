-- claim: 每个表、视图和每一列都有说明
-- severity: error
-- reason: 分析人员不必问人就应看懂；不通过请在 warehouse/models 或 warehouse/views 中补上 comment on；DuckLake 存不下视图各列的说明，故在那里不查
select
    table_name,
    column_name
from duckdb_columns()
where not internal and schema_name = 'main' and database_name = current_database() and comment is null
    and (
        table_name in (select table_name from duckdb_tables() where database_name = current_database())
        or (select type from duckdb_databases() where database_name = current_database()) <> 'ducklake'
    )

union all

select
    table_name,
    null as column_name
from duckdb_tables()
where not internal and schema_name = 'main' and database_name = current_database() and not temporary and comment is null

union all

select
    view_name,
    null as column_name
from duckdb_views()
where not internal and schema_name = 'main' and database_name = current_database() and not temporary and comment is null;
