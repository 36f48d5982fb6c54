-- Rhythms of tasks in force whose notice is of this year or says how long it holds (`reports.due.last_day`).
with rhythms as (
    select task_id, rrule, arg_min(quote, ord) as quote from task_recurrences group by task_id, rrule
)

select sourced_tasks.*, scoped_notices.validity, rhythms.rrule, rhythms.quote
from sourced_tasks
inner join rhythms using (task_id)
inner join scoped_notices using (notice_id)
where year(sourced_tasks.reported_on) >= year($as_of) or scoped_notices.validity is not null
order by sourced_tasks.relevance, sourced_tasks.region, sourced_tasks.task_id, rhythms.rrule;
