-- Dates of tasks in force from $first to $last; one row a task and date.
with dates as (
    select task_id, due_on, arg_min(quote, ord) as quote, arg_min("precision", ord) as "precision"
    from task_deadlines
    where due_on between $first and $last
    group by task_id, due_on
)

select sourced_tasks.*, dates.due_on, dates.quote, dates."precision"
from sourced_tasks
inner join dates using (task_id)
order by dates.due_on, sourced_tasks.relevance, sourced_tasks.region, sourced_tasks.task_id;
