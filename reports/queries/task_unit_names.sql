-- Units of the tasks that have a date or a rhythm.
select distinct scoped_tasks.task_id, task_units.unit_norm as unit, scoped_tasks.region
from scoped_tasks
inner join task_units using (task_id)
where
    scoped_tasks.is_in_force
    and scoped_tasks.task_id in (
        select task_deadlines.task_id from task_deadlines
        union
        select task_recurrences.task_id from task_recurrences
    )
order by 3, 2, 1;
