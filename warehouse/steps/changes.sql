-- The change log of touched notices: their own changes, and those of their tasks between versions.

insert into change_log by name
with notice_change as (
    select
        history.happened_at,
        'notice' as entity,
        history.change,
        history.notice_id,
        null::varchar as task_id,
        null::varchar as task_title,
        history.version_no,
        case
            when history.change in ('changed', 'restored') then coalesce(version_difference.changed_fields, [])
            else []::varchar []
        end as changed_fields,
        case when history.change = 'withdrawn' then history.reason end as reason,
        coalesce(history.is_first_crawl, false) as is_first_crawl,
        history.portal_id,
        history.batch_id,
        history.run_id
    from history
    left join version_difference
        on history.notice_id = version_difference.notice_id
        and history.version_no = version_difference.version_no
    where history.change is not null
),

change_of_task as (
    select
        version.valid_from as happened_at,
        'task' as entity,
        task_change.change,
        task_change.notice_id,
        task_change.task_id,
        task_change.title as task_title,
        task_change.version_no,
        task_change.changed_fields,
        null::varchar as reason,
        coalesce(version.is_first_crawl, false) as is_first_crawl,
        version.portal_id,
        version.from_batch_id as batch_id,
        version.from_run_id as run_id
    from task_change
    inner join version
        on task_change.notice_id = version.notice_id
        and task_change.version_no = version.version_no
),

change as (
    select * from notice_change
    union all
    select * from change_of_task
)

select
    *,
    substr(sha256(concat_ws('|', entity, change, notice_id, task_id, version_no, batch_id, happened_at)), 1, 16) as change_id
from change
order by happened_at, notice_id, task_id;
