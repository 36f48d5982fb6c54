-- scoped_notices: publications in the regions and for the unit asked for, with the day they count on.
-- scoped_tasks: tasks of one copy of each of their documents.
-- sourced_tasks: those in force, with their texts and all publications of the document that they stand in.
--
-- $regions  list of regions, null for all      $unit  unit as printed or in its norm spelling, null for all
-- $as_of    the day of the report: what came later does not exist yet
--
-- A notice counts on the day its portal says it was published; a list's date, the date it was written and the day it was
-- seen stand in, in this order, where the page says nothing. A document that several portals carry has its tasks counted
-- once: those of the copy with the most, because the others may have lost an attachment.
create or replace temp table scoped_notices as
with unit_notices as (
    select distinct tasks.notice_id
    from tasks
    inner join task_units using (task_id)
    where $unit in (task_units.unit, task_units.unit_norm)
),

dated as (
    select
        notices.notice_id,
        notices.document_id,
        notices.portal_id,
        portals.name as portal_name,
        notices.url,
        notices.title,
        notices.doc_no,
        notices.issuers,
        notices.written_on,
        notices.published_on,
        notices.doc_type,
        coalesce(notices.region, portals.region, '') as region,
        coalesce(notices.level, portals.level, '') as level,
        notices.topics,
        notices.relevance,
        notices.validity,
        notices.first_seen_at,
        notices.removed_at,
        coalesce(notices.task_count, 0) as task_count,
        notices.is_first_crawl,
        coalesce(
            notices.published_on, notices.listed_on, notices.written_on, cast(notices.first_seen_at as date)
        ) as reported_on
    from notices
    left join portals using (portal_id)
    where
        ($regions is null or list_contains($regions, coalesce(notices.region, portals.region)))
        and ($unit is null or notices.notice_id in (select unit_notices.notice_id from unit_notices))
)

select
    *,
    removed_at is null
    and relevance <> 'none'
    and reported_on <= $as_of
    and not regexp_matches(coalesce(validity, ''), '失效|废止') as is_in_force,
    min(reported_on) over (partition by document_id) as document_on,
    row_number() over (
        partition by document_id
        order by removed_at is not null, relevance = 'none', task_count desc, reported_on, notice_id
    ) = 1 as is_best_copy
from dated;

create or replace temp table scoped_tasks as
with targeted as (
    select task_id, list(text order by ord) as target_quotes from task_targets group by task_id
)

select
    tasks.task_id,
    tasks.notice_id,
    tasks.document_id,
    tasks.seq,
    tasks.no,
    tasks.title,
    tasks.kind,
    tasks.lead_units,
    tasks.responsible_units,
    tasks.support_units,
    tasks.due_on,
    coalesce(targeted.target_quotes, []) as target_quotes,
    scoped_notices.title as notice_title,
    scoped_notices.doc_no,
    scoped_notices.url,
    scoped_notices.region,
    scoped_notices.portal_id,
    scoped_notices.relevance,
    scoped_notices.reported_on,
    scoped_notices.is_in_force,
    -- What weighs: a date first, then a figure, then a named unit in the lead; duties to report weigh by their date alone.
    3 * cast(tasks.due_on is not null as int)
    + 2 * cast(targeted.task_id is not null as int)
    + cast(len(tasks.lead_units) > 0 as int)
    + cast(tasks.kind = 'measure' as int) as weight
from tasks
inner join scoped_notices on tasks.notice_id = scoped_notices.notice_id and scoped_notices.is_best_copy
left join targeted using (task_id)
where
    $unit is null
    or tasks.task_id in (
        select task_units.task_id from task_units where $unit in (task_units.unit, task_units.unit_norm)
    );

create or replace temp view sourced_tasks as
with copies as (
    select
        document_id,
        list({'name': coalesce(portal_name, portal_id), 'url': url} order by notice_id) as publications
    from scoped_notices
    where removed_at is null
    group by document_id
)

select scoped_tasks.*, tasks.text, copies.publications
from scoped_tasks
inner join tasks using (task_id)
left join copies on scoped_tasks.document_id = copies.document_id
where scoped_tasks.is_in_force;
