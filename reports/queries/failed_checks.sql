-- Checks of the warehouse that found rows that ought not to be, at the last run.
select check_name, severity, coalesce(claim, '') as claim, row_count
from check_results
where row_count > 0
order by severity <> 'error', row_count desc, check_name;
