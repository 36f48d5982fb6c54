-- incoming: the events of the batches that are loaded now, without the notices themselves.
--
-- grain    one row an event
-- reads    the staged files in `batch_paths`
-- used by  all other steps
--
-- Notices are left out here because this step only finds out which pages are touched.

create or replace temp table incoming as
select
    events.batch_id,
    events.portal_id,
    events.run_id,
    events.event,
    events."at" as happened_at,
    events.url,
    events.stage,
    events.reason,
    events.archive_ref,
    events.run,
    page_id_of(events.portal_id, events.url) as page_id
from read_parquet(getvariable('batch_paths')) as events;

create or replace temp table touched as
select distinct page_id
from incoming
where event in ('notice', 'removed')

union

-- A batch that is read anew may have lost a page: then that page's history is another.
select page_id
from page_batches
where batch_id in (select unnest(getvariable('batch_ids')));

delete from page_batches
where batch_id in (select unnest(getvariable('batch_ids')));

insert into page_batches
select distinct
    page_id,
    batch_id
from incoming
where event in ('notice', 'removed')
order by batch_id, page_id;
