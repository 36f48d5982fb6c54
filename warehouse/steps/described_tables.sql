-- Every table and view with its comment.

select
    table_name as name,
    'table' as kind,
    coalesce(comment, '') as comment
from duckdb_tables()
where not temporary and schema_name = 'main' and database_name = current_database()

union all

select
    view_name as name,
    'view' as kind,
    coalesce(comment, '') as comment
from duckdb_views()
where not internal and not temporary and schema_name = 'main' and database_name = current_database()
order by kind, name;
