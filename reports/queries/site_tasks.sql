-- Tasks of the notices from $first to $last.
select
    site_tasks.place, site_tasks.task_id, site_tasks.notice_id, site_tasks.seq, site_tasks.title, site_tasks.kind,
    site_tasks.read_from, site_tasks.start as start_at, site_tasks."end" as end_at, site_tasks.lead_units,
    site_tasks.responsible_units, site_tasks.support_units,
    coalesce(
        (select list(distinct unit_norm order by unit_norm) from task_units where task_units.task_id = site_tasks.task_id),
        []
    ) as unit_names,
    coalesce(
        (select list(distinct due_on order by due_on) from task_deadlines where task_deadlines.task_id = site_tasks.task_id),
        []
    ) as due_dates,
    coalesce(
        (select list(distinct rrule order by rrule) from task_recurrences where task_recurrences.task_id = site_tasks.task_id),
        []
    ) as rrules,
    coalesce(
        (select list(text order by ord) from task_targets where task_targets.task_id = site_tasks.task_id), []
    ) as target_quotes
from site_tasks
where site_tasks.place between $first and $last
order by site_tasks.place, site_tasks.seq;
