-- task_change: tasks added, changed and withdrawn between two versions of a notice.
--
-- grain    one row a task and version in which it changed
-- reads    version, version_task
-- used by  steps/notices.sql, steps/changes.sql

create or replace temp table task_change as
with later as (
    select version_task.*
    from version_task
    where version_no > 1
),

paired as (
    select
        coalesce(later.notice_id, earlier.notice_id) as notice_id,
        coalesce(later.version_no, earlier.version_no + 1) as version_no,
        coalesce(later.task_id, earlier.task_id) as task_id,
        coalesce(later.task.title, earlier.task.title) as title,
        coalesce(later.quotes, earlier.quotes) as quotes,
        later.task_id is null as is_gone,
        earlier.task_id is null as is_new,
        list_filter([
            case when later.plain_text is distinct from earlier.plain_text then 'text' end,
            case when later.task.title is distinct from earlier.task.title then 'title' end,
            case when later.task.no is distinct from earlier.task.no then 'no' end,
            case when later.task.path is distinct from earlier.task.path then 'path' end,
            case when later.task.kind is distinct from earlier.task.kind then 'kind' end,
            case when later.task.lead is distinct from earlier.task.lead then 'lead_units' end,
            case when later.task.responsible is distinct from earlier.task.responsible then 'responsible_units' end,
            case when later.task.support is distinct from earlier.task.support then 'support_units' end,
            case
                when [entry.due for entry in later.task.deadlines]
                    is distinct from [entry.due for entry in earlier.task.deadlines]
                    then 'deadlines'
            end,
            case
                when [entry.rrule for entry in later.task.recurring]
                    is distinct from [entry.rrule for entry in earlier.task.recurring]
                    then 'recurring'
            end,
            case
                when [entry.text for entry in later.task.targets]
                    is distinct from [entry.text for entry in earlier.task.targets]
                    then 'targets'
            end
        ], lambda name: name is not null) as differences
    from later
    full outer join (select * from version_task where not is_newest) as earlier
        on later.task_id = earlier.task_id
        and later.version_no = earlier.version_no + 1
)

select
    notice_id,
    version_no,
    task_id,
    masked(title, quotes) as title,
    case when is_new then 'added' when is_gone then 'withdrawn' else 'changed' end as change,
    case when is_new or is_gone then []::varchar [] else differences end as changed_fields
from paired
-- A number that only shifted, because something was put in before it, is no change of the task.
where is_new or is_gone or len(list_filter(differences, lambda name: name <> 'no')) > 0;
