-- Rhythms of tasks in force whose notice is of this year or the year before (a rhythm ends with its notice's year).
select
    scoped_tasks.task_id, scoped_tasks.title, tasks.text, scoped_tasks.lead_units,
    scoped_tasks.responsible_units, scoped_tasks.support_units, scoped_tasks.target_quotes,
    scoped_tasks.notice_title, scoped_tasks.doc_no, scoped_tasks.url, scoped_tasks.region, scoped_tasks.relevance,
    scoped_tasks.reported_on, scoped_notices.validity, task_recurrences.rrule,
    any_value(task_recurrences.quote) as quote
from scoped_tasks
inner join tasks on scoped_tasks.task_id = tasks.task_id
inner join task_recurrences on scoped_tasks.task_id = task_recurrences.task_id
inner join scoped_notices on scoped_tasks.notice_id = scoped_notices.notice_id
where scoped_tasks.is_in_force
group by all
order by scoped_tasks.relevance, scoped_tasks.region, scoped_tasks.task_id, task_recurrences.rrule;
