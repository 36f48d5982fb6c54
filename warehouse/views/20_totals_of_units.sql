-- totals_of_units: the totals behind unit_workload, until a publication has counted them (steps/unit_totals.sql).
--
-- grain    one row a region, unit under its one spelling, and due date (one row for tasks without one)
-- reads    task_units, tasks, current_notices
--
-- A unit may stand in a task in several roles, or twice in one: so each task is made one row first, which
-- costs a fraction of counting distinct tasks role by role. A notice counts once, at its first due date. All
-- is grouped by keys and numbers, which go to disk when memory runs short; lists could not, and a million
-- notices have thirty-four million units.

create or replace macro totals_of_units() as table
with of_task as (
    select
        task_units.notice_id,
        task_units.task_id,
        task_units.unit_norm,
        bool_or(task_units.role = 'lead') as leads,
        bool_or(task_units.role = 'responsible') as is_responsible,
        bool_or(task_units.role = 'support') as supports
    from task_units
    group by task_units.notice_id, task_units.task_id, task_units.unit_norm
),

of_notice as (
    select
        task_units.notice_id,
        task_units.unit_norm,
        min(tasks.due_on) as due_on
    from task_units
    inner join tasks on task_units.task_id = tasks.task_id
    group by task_units.notice_id, task_units.unit_norm
),

of_day as (
    select
        current_notices.region,
        of_task.unit_norm,
        tasks.due_on,
        count(*) as task_count,
        count(*) filter (where of_task.leads) as lead_count,
        count(*) filter (where of_task.is_responsible) as responsible_count,
        count(*) filter (where of_task.supports) as support_count,
        0 as notice_count
    from of_task
    inner join tasks on of_task.task_id = tasks.task_id
    inner join current_notices on of_task.notice_id = current_notices.notice_id
    group by current_notices.region, of_task.unit_norm, tasks.due_on
    union all by name
    select
        current_notices.region,
        of_notice.unit_norm,
        of_notice.due_on,
        count(*) as notice_count
    from of_notice
    inner join current_notices on of_notice.notice_id = current_notices.notice_id
    group by current_notices.region, of_notice.unit_norm, of_notice.due_on
)

select
    region,
    unit_norm,
    due_on,
    sum(task_count)::bigint as task_count,
    sum(lead_count)::bigint as lead_count,
    sum(responsible_count)::bigint as responsible_count,
    sum(support_count)::bigint as support_count,
    sum(notice_count)::bigint as notice_count
from of_day
group by region, unit_norm, due_on;

comment on macro table totals_of_units is '单位任务量的汇总，见 unit_totals';
