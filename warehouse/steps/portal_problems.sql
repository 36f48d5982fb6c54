-- What is wrong with each portal now: kind of alarm, portal, what a person should know.

with trouble as (
    select
        portal_health.*,
        portals.home
    from portal_health
    inner join portals on portal_health.portal_id = portals.portal_id
    where portal_health.last_outcome = 'failed' or portal_health.is_silent
)

select
    case
        when last_outcome = 'failed' and last_stop = 'changed' then 'portal_changed'
        when last_outcome = 'failed' and last_stop = 'refused' then 'portal_refused'
        when last_outcome = 'failed' then 'portal_failing'
        else 'portal_silent'
    end as kind,
    portal_id,
    case
        when last_outcome = 'failed' then
            name || '：最近一次采集失败（' || coalesce(array_to_string(last_reasons[:3], '；'), last_stop) || '）。'
        else
            name || '：已 ' || silent_days || ' 天没有新公文，预期不超过 ' || expect_silent_days || ' 天；'
            || '最新一份日期为 ' || coalesce(newest_on::varchar, '不详') || '。' || coalesce(home, '')
    end as message
from trouble
order by kind, portal_id
