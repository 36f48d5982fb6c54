-- How each portal fares.
with found as (
    select portal_id, count(*) as notice_count, max(reported_on) as newest_on from scoped_notices group by portal_id
),

failing as (
    select portal_id, arg_max(reasons, started_at) as reasons from portal_runs group by portal_id
)

select
    portals.portal_id, portals.name, portals.region, coalesce(portals.last_outcome, '') as last_outcome,
    cast(portals.last_success_at as date) as success_on, coalesce(found.notice_count, 0) as notice_count,
    found.newest_on, coalesce(failing.reasons, []) as reasons
from portals
left join found on portals.portal_id = found.portal_id
left join failing on portals.portal_id = failing.portal_id
order by portals.region, portals.portal_id;
