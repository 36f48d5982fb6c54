-- claim: 一次采集撤下的通知不超过该门户的三成
-- severity: warning
-- reason: 成批撤下多因网站故障或改址，而非真的撤文；看该次采集的 portal_runs.reasons
select
    change_log.portal_id,
    change_log.run_id,
    count(*) as withdrawn_count,
    any_value(held.notice_count) as notice_count
from change_log
inner join (
    select
        portal_id,
        count(*) as notice_count
    from notices
    group by portal_id
) as held on change_log.portal_id = held.portal_id
where change_log.entity = 'notice'
    and change_log.change = 'withdrawn'
    and change_log.happened_at >= getvariable('today') - 30
group by change_log.portal_id, change_log.run_id
having count(*) >= 5 and count(*) > 0.3 * any_value(held.notice_count);
