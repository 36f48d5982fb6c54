-- Every macro with parameters and comment.

select
    function_name,
    array_to_string(parameters, ', ') as parameters,
    coalesce(comment, '') as comment
from duckdb_functions()
where function_type in ('macro', 'table_macro') and not internal and schema_name = 'main'
order by function_name;
