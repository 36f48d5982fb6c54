-- site_notices, site_tasks, site_evidence: what the explorer shows, newest notices first, numbered from 0 by `place`;
-- all but those of no relevance.
--
-- Each lies in the order of its places: the explorer is written in spans of places, and a span then reads its own rows
-- alone instead of looking through the whole table each time.
create or replace temp table site_notices as
with units as (
    select notice_id, list(distinct unit_norm order by unit_norm) as unit_names from task_units group by notice_id
),

dues as (
    select notice_id, list(distinct due_on order by due_on) as due_dates from task_deadlines group by notice_id
)

select
    cast(
        row_number() over (order by scoped_notices.reported_on desc, scoped_notices.notice_id) as integer
    ) - 1 as place,
    scoped_notices.*,
    coalesce(units.unit_names, []) as unit_names,
    coalesce(dues.due_dates, []) as due_dates
from scoped_notices
left join units using (notice_id)
left join dues using (notice_id)
where scoped_notices.relevance <> 'none'
order by place;

create or replace temp table site_tasks as
with units as (
    select task_id, list(distinct unit_norm order by unit_norm) as unit_names from task_units group by task_id
),

dues as (
    select task_id, list(distinct due_on order by due_on) as due_dates from task_deadlines group by task_id
),

rhythms as (
    select task_id, list(distinct rrule order by rrule) as rrules from task_recurrences group by task_id
),

figures as (
    select task_id, list(text order by ord) as target_quotes from task_targets group by task_id
)

select
    site_notices.place, tasks.task_id, tasks.seq, tasks.title, tasks.kind, tasks.read_from, tasks.start as start_at,
    tasks."end" as end_at, tasks.lead_units, tasks.responsible_units, tasks.support_units,
    coalesce(units.unit_names, []) as unit_names, coalesce(dues.due_dates, []) as due_dates,
    coalesce(rhythms.rrules, []) as rrules, coalesce(figures.target_quotes, []) as target_quotes
from tasks
inner join site_notices using (notice_id)
left join units using (task_id)
left join dues using (task_id)
left join rhythms using (task_id)
left join figures using (task_id)
order by site_notices.place, tasks.seq;

create or replace temp table site_evidence as
with found as (
    select task_id, 'unit' as kind, start, "end" from task_units
    union all
    select task_id, 'deadline', start, "end" from task_deadlines
    union all
    select task_id, 'rhythm', start, "end" from task_recurrences
    union all
    select task_id, 'target', start, "end" from task_targets
)

select site_tasks.place, site_tasks.read_from, found.kind, site_tasks.seq as task,
    found.start, found."end"
from found
inner join site_tasks using (task_id)
where found.start is not null and found."end" is not null
union all
select site_notices.place, citations.read_from, 'citation', -1, citations.start, citations."end"
from citations
inner join site_notices using (notice_id)
where citations.start is not null and citations."end" is not null
order by all;
