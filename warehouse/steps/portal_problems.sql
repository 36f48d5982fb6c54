-- What is wrong with each portal now: kind of alarm, portal, what a person should know.
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
            coalesce(name, portal_id) || '：最近一次采集失败（' || coalesce(array_to_string(last_reasons[:3], '；'), last_stop) || '）。'
        else
            coalesce(name, portal_id) || '：已 ' || silent_days || ' 天没有新公文，预期不超过 ' || expect_silent_days || ' 天。'
    end as message
from portal_health
where last_outcome = 'failed' or is_silent
order by kind, portal_id
