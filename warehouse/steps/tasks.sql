-- The tasks of the newest versions, and what hangs on them.

create or replace temp table task_now as
with lived as (
    select
        task_id,
        min(valid_from) as first_seen_at
    from version_task
    group by task_id
),

changed as (
    select
        task_change.task_id,
        max(version.valid_from) as changed_at
    from task_change
    inner join version
        on task_change.notice_id = version.notice_id
        and task_change.version_no = version.version_no
    where task_change.change = 'changed'
    group by task_change.task_id
)

select
    version_task.task_id,
    version_task.notice_id,
    version_task.task,
    version_task.quotes,
    lived.first_seen_at,
    changed.changed_at
from version_task
inner join lived on version_task.task_id = lived.task_id
left join changed on version_task.task_id = changed.task_id
where version_task.is_newest;

insert into tasks by name
select
    task_id,
    task_now.notice_id,
    notices.document_id,
    task.seq,
    task.no,
    task.path,
    masked(task.title, quotes) as title,
    masked(task.text, quotes) as text,
    masked(task.starts, quotes) as starts,
    masked(task.ends, quotes) as ends,
    task.kind,
    task.read_from,
    task.start,
    task."end",
    masked(task.quote, quotes) as quote,
    task.rule,
    task.signature,
    [masked(name, quotes) for name in task.lead] as lead_units,
    [masked(name, quotes) for name in task.responsible] as responsible_units,
    [masked(name, quotes) for name in task.support] as support_units,
    list_min([try_cast(entry.due as date) for entry in task.deadlines]) as due_on,
    []::varchar [] as corrected_fields,
    task_now.first_seen_at,
    task_now.changed_at
from task_now
inner join notices on task_now.notice_id = notices.notice_id;

insert into task_units by name
with unnested as (
    select
        task_id,
        notice_id,
        quotes,
        unnest(task.units) as entry,
        generate_subscripts(task.units, 1) as place
    from task_now
)

select
    task_id,
    notice_id,
    entry.role,
    masked(entry.unit, quotes) as unit,
    masked(entry.unit_norm, quotes) as unit_norm,
    row_number() over (partition by task_id, entry.role order by place) as ord,
    masked(entry.quote, quotes) as quote,
    entry.start,
    entry."end",
    entry.rule
from unnested;

insert into task_deadlines by name
with unnested as (
    select
        task_id,
        notice_id,
        quotes,
        unnest(task.deadlines) as entry,
        generate_subscripts(task.deadlines, 1) as ord
    from task_now
)

select
    task_id,
    notice_id,
    ord,
    masked(entry.text, quotes) as text,
    try_cast(entry.due as date) as due_on,
    entry."precision",
    masked(entry.quote, quotes) as quote,
    entry.start,
    entry."end",
    entry.rule
from unnested;

insert into task_recurrences by name
with unnested as (
    select
        task_id,
        notice_id,
        quotes,
        unnest(task.recurring) as entry,
        generate_subscripts(task.recurring, 1) as ord
    from task_now
)

select
    task_id,
    notice_id,
    ord,
    masked(entry.text, quotes) as text,
    entry.rrule,
    masked(entry.quote, quotes) as quote,
    entry.start,
    entry."end",
    entry.rule
from unnested;

insert into task_targets by name
with unnested as (
    select
        task_id,
        notice_id,
        quotes,
        unnest(task.targets) as entry,
        generate_subscripts(task.targets, 1) as ord
    from task_now
)

select
    task_id,
    notice_id,
    ord,
    masked(entry.text, quotes) as text,
    entry.op,
    entry."value",
    try_cast(entry."value" as double) as number,
    entry.unit as measure_unit,
    masked(entry.subject, quotes) as subject,
    masked(entry.quote, quotes) as quote,
    entry.start,
    entry."end",
    entry.rule
from unnested;
