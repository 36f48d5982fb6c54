-- Figures to be reached of what the week's notices set, beside the latest figure of the same thing in other regions.
with figures as (
    select
        task_targets.subject, task_targets.op, task_targets.value, task_targets.measure_unit, task_targets.text as quote,
        scoped_tasks.region, scoped_tasks.notice_title, scoped_tasks.url, scoped_tasks.reported_on,
        scoped_tasks.title as task_title,
        scoped_tasks.reported_on between $monday and $sunday as is_new
    from task_targets
    inner join scoped_tasks using (task_id)
    where
        task_targets.subject <> ''
        and scoped_tasks.is_in_force
        and scoped_tasks.reported_on <= $sunday
),

latest as (
    select *
    from figures
    qualify row_number() over (
        partition by subject, measure_unit, region, is_new, case when is_new then op || value else '' end
        order by reported_on desc, url
    ) = 1
)

select *
from latest
where (subject, measure_unit) in (select (subject, measure_unit) from latest where is_new)
order by subject, measure_unit, not is_new, region;
