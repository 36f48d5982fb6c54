-- reading: every reading and removal that is staged of a touched page, from whichever batch.
--
-- grain    one row a staged event `notice` or `removed` of a touched page
-- reads    the staged files in `history_paths`
-- used by  steps/history.sql
--
-- State is never patched: the whole history of a touched page is derived anew from its events. So the
-- order in which batches arrive does not matter, and a batch that is read anew just replaces its events.

create or replace temp table reading as
with events as (
    select
        staged.* exclude ("at"),
        staged."at" as happened_at,
        staged.file_row_number as row_no,
        page_id_of(staged.portal_id, staged.url) as page_id
    from read_parquet(getvariable('history_paths'), file_row_number = true) as staged
    where staged.event in ('notice', 'removed')
)

select
    page_id,
    batch_id,
    portal_id,
    run_id,
    happened_at,
    row_no,
    event,
    url,
    part,
    reason,
    is_first_crawl,
    page_sha256,
    archive_ref,
    notice,
    notice_id_of(portal_id, url, part) as notice_id,
    content_sha256_of(notice) as content_sha256
from events
semi join touched using (page_id);

-- The same page twice at one moment of one batch is one visit. Taken out afterwards, by row: a window over
-- the readings themselves would sort them with all their texts and tasks.
delete from reading
where rowid in (
    select rowid
    from reading
    qualify row_number() over (partition by page_id, batch_id, happened_at, event, part order by row_no desc) > 1
);
