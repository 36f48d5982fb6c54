-- claim: 每个表、视图和每一列都有说明
-- severity: error
-- reason: 分析人员不必问人就应看懂；不通过请在 warehouse/models 或 warehouse/views 中补上 comment on
select
    table_name,
    column_name
from duckdb_columns()
where not internal and schema_name = 'main' and database_name = current_database() and comment is null

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
