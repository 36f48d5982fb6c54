-- Portals, those in trouble first.
select
    *,
    case
        when last_outcome = 'failed' then 'failed'
        when is_silent or last_outcome = 'partial' then 'warn'
        when last_run_at is null then 'idle'
        else 'ok'
    end as mark
from portal_health
order by list_position(['failed', 'warn', 'ok', 'idle'], mark), portal_id
