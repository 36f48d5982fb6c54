-- Each portal's crawls in the week, and how long it has been silent.
with runs as (
    select
        portal_id,
        count(*) as run_count,
        count(*) filter (outcome = 'failed') as failed_count,
        count(*) filter (outcome = 'partial') as partial_count,
        arg_max(outcome, started_at) as last_outcome,
        arg_max(reasons, started_at) as last_reasons
    from portal_runs
    where cast(started_at as date) between $monday and $sunday
    group by portal_id
),

newest as (
    select portal_id, max(reported_on) as newest_on from scoped_notices where reported_on <= $sunday group by portal_id
)

select
    portals.portal_id, portals.name, coalesce(runs.run_count, 0) as run_count,
    coalesce(runs.failed_count, 0) as failed_count, coalesce(runs.partial_count, 0) as partial_count,
    coalesce(runs.last_outcome, '') as last_outcome, coalesce(runs.last_reasons, []) as last_reasons, newest.newest_on
from portals
left join runs using (portal_id)
left join newest using (portal_id)
where
    ($regions is null or list_contains($regions, portals.region))
    and (
        runs.failed_count > 0 or runs.partial_count > 0
        or (runs.run_count > 0 and newest.newest_on < $sunday - 45)
    )
order by failed_count desc, partial_count desc, portals.portal_id;
