-- Dates of tasks in force from $first to $last; one row a task and date.
with copies as (
    select
        document_id,
        list({'name': coalesce(portal_name, portal_id), 'url': url} order by notice_id) as publications
    from scoped_notices
    where removed_at is null
    group by document_id
)

select
    scoped_tasks.task_id, scoped_tasks.title, tasks.text, scoped_tasks.lead_units,
    scoped_tasks.responsible_units, scoped_tasks.support_units, scoped_tasks.target_quotes,
    scoped_tasks.notice_title, scoped_tasks.doc_no, scoped_tasks.url, scoped_tasks.region, scoped_tasks.relevance,
    copies.publications,
    task_deadlines.due_on, any_value(task_deadlines.quote) as quote, any_value(task_deadlines.precision) as precision
from scoped_tasks
left join copies on scoped_tasks.document_id = copies.document_id
inner join tasks on scoped_tasks.task_id = tasks.task_id
inner join task_deadlines on scoped_tasks.task_id = task_deadlines.task_id
where
    scoped_tasks.is_in_force
    and task_deadlines.due_on between $first and $last
group by all
order by task_deadlines.due_on, scoped_tasks.relevance, scoped_tasks.region, scoped_tasks.task_id;
