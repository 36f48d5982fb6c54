-- Tasks in force with all their dates and rhythms, for a ledger; those due before $due_before alone where that is given.
with dates as (
    select task_id, list(distinct due_on order by due_on) as due_dates from task_deadlines group by task_id
),

rhythms as (
    select task_id, list(distinct rrule order by rrule) as rrules from task_recurrences group by task_id
)

select
    scoped_tasks.task_id, scoped_tasks.title, tasks.text, scoped_tasks.kind, scoped_tasks.lead_units,
    scoped_tasks.responsible_units, scoped_tasks.support_units, scoped_tasks.target_quotes,
    scoped_tasks.notice_title, scoped_tasks.doc_no, scoped_tasks.url, scoped_tasks.region,
    coalesce(dates.due_dates, []) as due_dates, coalesce(rhythms.rrules, []) as rrules
from scoped_tasks
inner join tasks on scoped_tasks.task_id = tasks.task_id
left join dates on scoped_tasks.task_id = dates.task_id
left join rhythms on scoped_tasks.task_id = rhythms.task_id
where
    scoped_tasks.is_in_force
    and ($due_before is null or list_min(dates.due_dates) < $due_before)
order by
    list_min(dates.due_dates) nulls last, scoped_tasks.region, scoped_tasks.reported_on, scoped_tasks.notice_id,
    scoped_tasks.seq;
