-- portals: what the portal files say (temp table portal_file), and what the runs tell.
--
-- Only what differs is written, so that a load without news changes nothing.

create or replace temp table portal_now as
with run as (
    select
        portal_id,
        count(*) as run_count,
        min(started_at) as first_run_at,
        max(started_at) as last_run_at,
        max(ended_at) filter (where outcome in ('ok', 'partial')) as last_success_at,
        arg_max(outcome, started_at) as last_outcome
    from portal_runs
    group by portal_id
),

-- A crawl that was killed leaves a batch without a run: its portal is one all the same.
known as (
    select portal_id from portal_file
    union
    select portal_id from loaded_batches
)

select
    known.portal_id,
    coalesce(portal_file.name, known.portal_id) as name,
    portal_file.region,
    portal_file.adcode,
    portal_file.level,
    portal_file.family,
    portal_file.home,
    portal_file.hosts,
    portal_file.column_names,
    portal_file.portal_id is not null as is_configured,
    case
        when known.portal_id not in (select portal_id from loaded_batches) then 'described'
        when run.last_outcome = 'failed' then 'failing'
        else 'crawled'
    end as status,
    portal_file.expect_notices_min,
    portal_file.expect_notices_max,
    portal_file.expect_silent_days,
    portal_file.expect_filled,
    coalesce(run.run_count, 0) as run_count,
    run.first_run_at,
    run.last_run_at,
    run.last_success_at,
    run.last_outcome
from known
left join portal_file on known.portal_id = portal_file.portal_id
left join run on known.portal_id = run.portal_id
order by known.portal_id;

delete from portals
where portal_id in (
    select portal_id from (
        select * from portals
        except
        select * from portal_now
    )
);

insert into portals by name
select * from portal_now
anti join portals using (portal_id);
