-- Every column with type and comment, in order.

select
    table_name,
    column_name,
    data_type,
    coalesce(comment, '') as comment
from duckdb_columns()
where not internal and schema_name = 'main' and database_name = current_database()
order by table_name, column_index;
