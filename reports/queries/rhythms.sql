-- Rhythms of tasks in force whose notice is of this year or says how long it holds (`reports.due.last_day`).
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
    scoped_tasks.reported_on, scoped_notices.validity, task_recurrences.rrule,
    any_value(task_recurrences.quote) as quote
from scoped_tasks
left join copies on scoped_tasks.document_id = copies.document_id
inner join tasks on scoped_tasks.task_id = tasks.task_id
inner join task_recurrences on scoped_tasks.task_id = task_recurrences.task_id
inner join scoped_notices on scoped_tasks.notice_id = scoped_notices.notice_id
where
    scoped_tasks.is_in_force
    and (year(scoped_tasks.reported_on) >= year($as_of) or scoped_notices.validity is not null)
group by all
order by scoped_tasks.relevance, scoped_tasks.region, scoped_tasks.task_id, task_recurrences.rrule;
