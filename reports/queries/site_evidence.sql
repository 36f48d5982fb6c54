-- Places of evidence in the texts of the notices from $first to $last.
with found as (
    select task_id, 'unit' as kind, start as start_at, "end" as end_at from task_units
    union all
    select task_id, 'deadline', start, "end" from task_deadlines
    union all
    select task_id, 'rhythm', start, "end" from task_recurrences
    union all
    select task_id, 'target', start, "end" from task_targets
)

select site_tasks.place, site_tasks.read_from, found.kind, site_tasks.seq, found.start_at, found.end_at
from found
inner join site_tasks on found.task_id = site_tasks.task_id
where site_tasks.place between $first and $last and found.start_at is not null and found.end_at is not null
union all
select site_notices.place, citations.read_from, 'citation', -1, citations.start, citations."end"
from citations
inner join site_notices on citations.notice_id = site_notices.notice_id
where site_notices.place between $first and $last and citations.start is not null and citations."end" is not null
order by all;
