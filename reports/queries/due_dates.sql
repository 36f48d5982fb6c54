-- Dates of tasks in force from 30 days before $as_of to 90 days after; one row a task and date.
select
    scoped_tasks.task_id, scoped_tasks.title, scoped_tasks.text, scoped_tasks.lead_units,
    scoped_tasks.responsible_units, scoped_tasks.support_units, scoped_tasks.target_quotes,
    scoped_tasks.notice_title, scoped_tasks.doc_no, scoped_tasks.url, scoped_tasks.region, scoped_tasks.relevance,
    task_deadlines.due_on, any_value(task_deadlines.quote) as quote, any_value(task_deadlines.precision) as precision
from scoped_tasks
inner join task_deadlines using (task_id)
where
    scoped_tasks.is_in_force
    and task_deadlines.due_on between $as_of - 30 and $as_of + 90
group by all
order by task_deadlines.due_on, scoped_tasks.relevance, scoped_tasks.region, scoped_tasks.task_id;
