-- The outcomes of this run replace the last ones; what failed then and fails now keeps its beginning.

create or replace temp table check_before as
select
    check_name,
    failed_since
from check_results;

delete from check_results;

insert into check_results by name
select
    check_now.*,
    case when row_count > 0 then 'failed' else 'ok' end as status,
    case when row_count > 0 then coalesce(check_before.failed_since, checked_at) end as failed_since
from check_now
left join check_before on check_now.check_name = check_before.check_name
order by check_now.check_name;
