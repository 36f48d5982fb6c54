-- Tasks in force with all their dates and rhythms, for a ledger; those due before $due_before alone where that is given.
with dates as (
    select task_id, list(distinct due_on order by due_on) as due_dates from task_deadlines group by task_id
),

rhythms as (
    select task_id, list(distinct rrule order by rrule) as rrules from task_recurrences group by task_id
)

select sourced_tasks.*, coalesce(dates.due_dates, []) as due_dates, coalesce(rhythms.rrules, []) as rrules
from sourced_tasks
left join dates using (task_id)
left join rhythms using (task_id)
where $due_before is null or list_min(dates.due_dates) < $due_before
order by
    list_min(dates.due_dates) nulls last, sourced_tasks.region, sourced_tasks.reported_on, sourced_tasks.notice_id,
    sourced_tasks.seq;
