-- Figures of one thing in each region, the newest of each; things that only one region has measured come last.
select
    task_targets.subject, task_targets.op, task_targets.value, task_targets.measure_unit, site_notices.region,
    site_notices.notice_id, site_notices.title, site_notices.reported_on
from task_targets
inner join site_tasks on task_targets.task_id = site_tasks.task_id
inner join site_notices on site_tasks.place = site_notices.place
where task_targets.subject <> '' and site_notices.removed_at is null
qualify row_number() over (
    partition by task_targets.subject, task_targets.measure_unit, site_notices.region
    order by site_notices.reported_on desc, site_notices.notice_id, task_targets.ord
) = 1
order by task_targets.subject, task_targets.measure_unit, site_notices.region;
