-- Units with the most to do: their tasks of the week, and those with a date in the 90 days from $as_of.
-- 各有关单位 and 相关部门 name nobody in particular: they are no unit that has the most to do.
with due as (
    select distinct task_id
    from task_deadlines
    where due_on between $as_of and $as_of + 90
),

fresh as (
    select distinct document_id
    from scoped_notices
    where reported_on between $monday and $sunday and relevance <> 'none'
)

select
    task_units.unit_norm as unit,
    scoped_tasks.region,
    count(distinct scoped_tasks.task_id) filter (fresh.document_id is not null) as new_tasks,
    count(distinct scoped_tasks.task_id) filter (due.task_id is not null) as due_tasks,
    count(distinct scoped_tasks.task_id) as open_tasks,
    count(distinct scoped_tasks.task_id) filter (task_units.role = 'lead') as lead_tasks,
    count(distinct scoped_tasks.task_id) filter (task_units.role = 'responsible') as responsible_tasks,
    count(distinct scoped_tasks.task_id) filter (task_units.role = 'support') as support_tasks
from scoped_tasks
inner join task_units using (task_id)
left join due using (task_id)
left join fresh using (document_id)
where
    scoped_tasks.is_in_force
    and (due.task_id is not null or fresh.document_id is not null)
    and not regexp_matches(task_units.unit_norm, '^(各|有关|相关|其他)')
group by task_units.unit_norm, scoped_tasks.region
order by open_tasks desc, lead_tasks desc, unit, scoped_tasks.region
limit 15;
