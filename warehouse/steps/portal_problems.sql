-- What is wrong with each portal now: kind of alarm, portal, what a person should know.
--
-- A crawl that came in part is a matter for a person when a good part of its pages is missing, or when it has
-- been so for days: one bad page, and a crawl that spent its budget, are mended by the next one. A portal whose
-- file is gone is crawled no more: what was wrong with it at last is no matter for anybody.

with newest as (
    select
        portal_id,
        arg_max(run_id, started_at) as run_id,
        arg_max(new_count + changed_count + restored_count, started_at) as fetched_count,
        max(started_at) filter (where outcome = 'ok') as last_whole_at
    from portal_runs
    group by portal_id
),

missing as (
    select
        newest.portal_id,
        count(*) as page_count
    from newest
    inner join rejects
        on newest.portal_id = rejects.portal_id and newest.run_id = rejects.run_id and rejects.stage = 'page'
    group by newest.portal_id, newest.fetched_count
    having count(*) >= 3 and count(*) > 0.2 * (newest.fetched_count + count(*))
),

partial as (
    select
        runs.portal_id,
        count(distinct cast(runs.started_at as date)) as day_count
    from portal_runs as runs
    inner join newest on runs.portal_id = newest.portal_id
    where runs.outcome = 'partial' and runs.started_at > coalesce(newest.last_whole_at, timestamptz '-infinity')
    group by runs.portal_id
),

fare as (
    select
        health.*,
        portals.home,
        portals.is_configured,
        missing.page_count,
        partial.day_count,
        health.last_outcome = 'partial' and health.last_stop not in ('budget', 'time')
        and (missing.page_count is not null or partial.day_count >= 3) as is_partial
    from portal_health as health
    inner join portals on health.portal_id = portals.portal_id
    left join missing on health.portal_id = missing.portal_id
    left join partial on health.portal_id = partial.portal_id
)

select
    case
        when last_outcome = 'failed' and last_stop = 'changed' then 'portal_changed'
        when last_outcome = 'failed' and last_stop = 'refused' then 'portal_refused'
        when last_outcome = 'failed' then 'portal_failing'
        when is_partial then 'portal_partial'
        else 'portal_silent'
    end as kind,
    portal_id,
    case
        when last_outcome = 'failed' then
            name || '：最近一次采集失败（' || coalesce(array_to_string(last_reasons[:3], '；'), last_stop) || '）。'
        when is_partial then
            name || '：最近一次采集不全'
            || coalesce('，有 ' || page_count || ' 个网页没有采到', '，已连续 ' || day_count || ' 天')
            || '（' || coalesce(array_to_string(last_reasons[:3], '；'), last_stop) || '）。'
        else
            name || '：已 ' || silent_days || ' 天没有新公文，预期不超过 ' || expect_silent_days || ' 天；'
            || '最新一份日期为 ' || coalesce(newest_on::varchar, '不详') || '。' || coalesce(home, '')
    end as message
from fare
where is_configured and (last_outcome = 'failed' or is_partial or is_silent)
order by kind, portal_id
