-- The rows of touched notices, as they stand now, and their versions.

insert into notices by name
with seen as (
    select
        notice_id,
        min(happened_at) filter (where is_present) as first_seen_at,
        max(happened_at) filter (where is_present) as last_seen_at,
        arg_max(is_present, (happened_at, batch_id)) as is_here,
        max(happened_at) filter (where change = 'withdrawn') as withdrawn_at
    from history
    group by notice_id
),

changed as (
    select
        notice_id,
        max(valid_from) filter (where len(changed_fields) > 0) as changed_at,
        arg_min(is_first_crawl, version_no) as is_first_crawl
    from version
    left join version_difference using (notice_id, version_no)
    group by notice_id
),

newest as (
    select
        *,
        coalesce(
            nullif(notice.document_key, ''),
            document_key_of(notice.issuers, notice.doc_no, notice.title, notice.written_on)
        ) as key_of_document
    from version
    where is_newest
)

select
    newest.notice_id,
    newest.page_id,
    newest.part,
    substr(sha256(coalesce(key_of_document, newest.notice_id)), 1, 16) as document_id,
    newest.portal_id,
    newest.url,
    masked(notice.title, quotes) as title,
    notice.index_no,
    notice.doc_no,
    notice.issuers,
    try_cast(notice.written_on as date) as written_on,
    try_cast(notice.published_on as date) as published_on,
    try_cast(notice.listed_on as date) as listed_on,
    notice.doc_type,
    notice.category,
    notice.validity,
    notice.region,
    notice.adcode,
    notice.level,
    notice.recipients,
    notice.topics,
    notice.relevance,
    notice.terms,
    masked(notice.text, quotes) as text,
    len(notice.text) as text_length,
    notice.text_sha256,
    newest.content_sha256,
    newest.page_sha256,
    notice.signature,
    masked(key_of_document, quotes) as document_key,
    [{ label: entry.label, 'value': masked(entry."value", quotes), origin: entry.origin } for entry in notice.fields] as fields,
    notice.origins,
    notice.problems,
    len(notice.tasks) as task_count,
    newest.version_no,
    []::varchar [] as corrected_fields,
    changed.is_first_crawl,
    newest.archive_ref,
    newest.batch_id,
    newest.run_id,
    seen.first_seen_at,
    greatest(seen.last_seen_at, url_sightings.last_seen_at) as last_seen_at,
    changed.changed_at,
    case when not seen.is_here then seen.withdrawn_at end as removed_at
from newest
inner join seen on newest.notice_id = seen.notice_id
inner join changed on newest.notice_id = changed.notice_id
left join url_sightings on newest.page_id = url_sightings.page_id
order by newest.portal_id, newest.url, newest.part;

insert into notice_versions by name
select
    notice_id,
    version_no,
    change,
    coalesce(changed_fields, []) as changed_fields,
    valid_from,
    valid_to,
    masked(notice.title, quotes) as title,
    notice.doc_no,
    notice.validity,
    masked(notice.text, quotes) as text,
    content_sha256,
    page_sha256,
    archive_ref,
    from_batch_id as batch_id,
    from_run_id as run_id,
    len(notice.tasks) as task_count
from version
left join version_difference using (notice_id, version_no)
order by portal_id, url, part, version_no;
