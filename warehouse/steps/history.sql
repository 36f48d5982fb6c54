-- history, version: what became of each touched notice, visit by visit, and the versions that this makes.
--
-- grain    history: one row a notice and visit to its page; version: one row a notice and version
-- reads    reading
-- used by  steps/version_tasks.sql, steps/notices.sql, steps/changes.sql
--
-- A page may hold several documents (parts). A later reading that no longer has a part has withdrawn it.
-- History goes without the notices themselves, whose tasks and texts are costly to sort and to join.

create or replace temp table history as
with visit as (
    select
        page_id,
        batch_id,
        happened_at,
        any_value(run_id) as run_id,
        any_value(portal_id) as portal_id,
        max(reason) as reason
    from reading
    group by page_id, batch_id, happened_at
),

known as (
    select distinct
        page_id,
        notice_id,
        part
    from reading
    where event = 'notice'
),

visited as (
    select
        known.notice_id,
        known.part,
        visit.*,
        reading.rowid as reading_row,
        reading.is_first_crawl,
        reading.content_sha256,
        reading.rowid is not null as is_present
    from known
    inner join visit on known.page_id = visit.page_id
    left join reading
        on known.notice_id = reading.notice_id
        and visit.batch_id = reading.batch_id
        and visit.happened_at = reading.happened_at
        and reading.event = 'notice'
),

compared as (
    select
        *,
        lag(is_present) over steps as was_present,
        last_value(content_sha256 ignore nulls) over (
            partition by notice_id order by happened_at, batch_id rows between unbounded preceding and 1 preceding
        ) as content_before
    from visited
    window steps as (partition by notice_id order by happened_at, batch_id)
),

changed as (
    select
        *,
        case
            when is_present and content_before is null then 'added'
            when is_present and not was_present then 'restored'
            when is_present and content_sha256 <> content_before then 'changed'
            when not is_present and was_present then 'withdrawn'
        end as change
    from compared
)

select
    *,
    count(*) filter (where change in ('added', 'restored', 'changed')) over (
        partition by notice_id order by happened_at, batch_id rows between unbounded preceding and current row
    ) as version_no
from changed;

-- Every contact that any version of the page names; the longest first, so that none is left in halves.
-- A text's line ends and spaces are gone from what tasks quote, so both spellings count.
create or replace temp table secret as
with contact as (
    select
        page_id,
        unnest(notice.contacts).quote as quote
    from reading
    where getvariable('is_masked')
),

spelling as (
    select
        page_id,
        unnest([quote, without_space(quote)]) as quote
    from contact
)

select
    page_id,
    list(distinct quote order by len(quote) desc, quote) as quotes
from spelling
where len(quote) > 1
group by page_id;

create or replace temp table version as
with started as (
    select
        notice_id,
        version_no,
        change,
        happened_at as valid_from,
        batch_id as from_batch_id,
        run_id as from_run_id,
        is_first_crawl,
        lead(happened_at) over (partition by notice_id order by happened_at, batch_id) as valid_to
    from history
    where change is not null
),

-- Of several readings of one version the newest counts: it was read from what stands there now.
-- Materialized, so that its size is known and the readings, not it, are passed through the join below.
newest as materialized (
    select
        notice_id,
        version_no,
        arg_max(reading_row, {'at': happened_at, 'batch': batch_id}) as reading_row,
        version_no = max(version_no) over (partition by notice_id) as is_newest
    from history
    where is_present
    group by notice_id, version_no
)

select
    newest.notice_id,
    newest.version_no,
    newest.is_newest,
    started.change,
    started.valid_from,
    started.valid_to,
    started.from_batch_id,
    started.from_run_id,
    started.is_first_crawl,
    secret.quotes,
    reading.page_id,
    reading.part,
    reading.batch_id,
    reading.portal_id,
    reading.run_id,
    reading.url,
    reading.page_sha256,
    reading.archive_ref,
    reading.content_sha256,
    reading.notice
from newest
inner join started
    on newest.notice_id = started.notice_id
    and newest.version_no = started.version_no
    and started.change <> 'withdrawn'
inner join reading on newest.reading_row = reading.rowid
left join secret on reading.page_id = secret.page_id;

-- What differs between a version and the one before, by the names of our columns.
create or replace temp table version_difference as
select
    later.notice_id,
    later.version_no,
    list_filter([
        case when later.notice.title is distinct from earlier.notice.title then 'title' end,
        case when later.notice.index_no is distinct from earlier.notice.index_no then 'index_no' end,
        case when later.notice.doc_no is distinct from earlier.notice.doc_no then 'doc_no' end,
        case when later.notice.issuers is distinct from earlier.notice.issuers then 'issuers' end,
        case when later.notice.written_on is distinct from earlier.notice.written_on then 'written_on' end,
        case when later.notice.published_on is distinct from earlier.notice.published_on then 'published_on' end,
        case when later.notice.validity is distinct from earlier.notice.validity then 'validity' end,
        case when later.notice.text_sha256 is distinct from earlier.notice.text_sha256 then 'text' end,
        case
            when [{ n: file.name, s: file.sha256 } for file in later.notice.attachments]
                is distinct from [{ n: file.name, s: file.sha256 } for file in earlier.notice.attachments]
                then 'attachments'
        end
    ], lambda name: name is not null) as changed_fields
from version as later
inner join version as earlier
    on later.notice_id = earlier.notice_id
    and later.version_no = earlier.version_no + 1;
