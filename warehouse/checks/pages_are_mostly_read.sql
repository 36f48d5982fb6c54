-- claim: 各门户最近一次采集未能读出的页面不超过两成
-- severity: warning
-- reason: 读不出的页面多起来说明改版；看 rejects.reason 与归档中的原页
with newest as (
    select
        portal_id,
        arg_max(run_id, started_at) as run_id,
        arg_max(new_count + changed_count + restored_count, started_at) as fetched_count
    from portal_runs
    group by portal_id
)

select
    newest.portal_id,
    newest.run_id,
    count(*) as reject_count,
    newest.fetched_count
from newest
inner join rejects on newest.portal_id = rejects.portal_id and newest.run_id = rejects.run_id
group by newest.portal_id, newest.run_id, newest.fetched_count
having count(*) >= 3 and count(*) > 0.2 * (newest.fetched_count + count(*));
