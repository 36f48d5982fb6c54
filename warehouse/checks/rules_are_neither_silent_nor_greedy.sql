-- claim: 各条时限与指标规则近 30 天所读的份额，与此前相比不归零也不成三倍
-- severity: warning
-- reason: 规则突然无声或贪婪多因规则或文本形式变了；只看此前读出 50 条以上、近 30 天任务在 200 项以上的情形
with read as (
    select
        rule,
        notice_id
    from task_deadlines

    union all

    select
        rule,
        notice_id
    from task_targets
),

dated as (
    select
        read.rule,
        notices.first_seen_at >= getvariable('today') - 30 as is_recent
    from read
    inner join notices on read.notice_id = notices.notice_id
),

task_volume as (
    select
        count(*) filter (where first_seen_at >= getvariable('today') - 30) as recent_tasks,
        count(*) filter (where first_seen_at < getvariable('today') - 30) as earlier_tasks
    from tasks
),

share as (
    select
        rule,
        count(*) filter (where is_recent) as recent_count,
        count(*) filter (where not is_recent) as earlier_count
    from dated
    group by rule
)

select
    share.rule,
    share.recent_count,
    share.earlier_count,
    task_volume.recent_tasks,
    task_volume.earlier_tasks
from share
cross join task_volume
where share.earlier_count >= 50
    and task_volume.recent_tasks >= 200
    and (
        share.recent_count = 0
        or share.recent_count / task_volume.recent_tasks > 3 * share.earlier_count / task_volume.earlier_tasks
    );
