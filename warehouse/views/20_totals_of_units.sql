-- totals_of_units: the totals behind unit_workload, until a publication has counted them (steps/unit_totals.sql).
--
-- grain    one row a region and unit, under its one spelling
-- reads    task_units, tasks, notices, documents
--
-- A unit may stand in a task in several roles, or twice in one: so each task is made one row first, which
-- costs a fraction of counting distinct tasks role by role.

create or replace macro totals_of_units() as table
with of_task as (
    select
        task_units.task_id,
        task_units.unit_norm,
        any_value(task_units.notice_id) as notice_id,
        bool_or(task_units.role = 'lead') as leads,
        bool_or(task_units.role = 'responsible') as is_responsible,
        bool_or(task_units.role = 'support') as supports
    from task_units
    group by task_units.task_id, task_units.unit_norm
),

of_notice as (
    select
        of_task.notice_id,
        of_task.unit_norm,
        count(*) as task_count,
        count(*) filter (where of_task.leads) as lead_count,
        count(*) filter (where of_task.is_responsible) as responsible_count,
        count(*) filter (where of_task.supports) as support_count,
        list(tasks.due_on) filter (where tasks.due_on is not null) as due_days
    from of_task
    inner join tasks on of_task.task_id = tasks.task_id
    group by of_task.notice_id, of_task.unit_norm
)

select
    notices.region,
    of_notice.unit_norm,
    sum(of_notice.task_count)::bigint as task_count,
    sum(of_notice.lead_count)::bigint as lead_count,
    sum(of_notice.responsible_count)::bigint as responsible_count,
    sum(of_notice.support_count)::bigint as support_count,
    count(*) as notice_count,
    coalesce(flatten(list(of_notice.due_days) filter (where of_notice.due_days is not null)), []) as due_days
from of_notice
inner join notices on of_notice.notice_id = notices.notice_id
inner join documents on notices.notice_id = documents.best_notice_id
where notices.removed_at is null
group by notices.region, of_notice.unit_norm;

comment on macro table totals_of_units is '单位任务量的汇总，见 unit_totals';
