-- What hangs on the newest version of a notice: citations, attachments, contacts.

insert into citations by name
with unnested as (
    select
        notice_id,
        quotes,
        unnest(notice.citations) as entry,
        generate_subscripts(notice.citations, 1) as ord
    from version
    where is_newest
)

select
    unnested.notice_id,
    task_now.task_id,
    unnested.ord,
    entry.doc_no as cited_doc_no,
    masked(entry.title, unnested.quotes) as cited_title,
    masked(entry.quote, unnested.quotes) as quote,
    entry.start,
    entry."end",
    entry.read_from,
    entry.rule
from unnested
left join task_now
    on unnested.notice_id = task_now.notice_id
    and unnested.entry.task_seq = task_now.task.seq
order by unnested.notice_id, unnested.ord;

insert into attachments by name
with unnested as (
    select
        notice_id,
        quotes,
        unnest(notice.attachments) as entry,
        generate_subscripts(notice.attachments, 1) as ord
    from version
    where is_newest
)

select
    notice_id,
    ord,
    masked(entry.name, quotes) as name,
    entry.url,
    entry.media_type,
    entry.bytes,
    entry.sha256,
    masked(entry.text, quotes) as text,
    entry.problem
from unnested
order by notice_id, ord;

-- Every version's contacts: the texts of all versions are published.
insert into contacts by name
with unnested as (
    select
        notice_id,
        version_no,
        is_newest,
        unnest(notice.contacts) as entry,
        generate_subscripts(notice.contacts, 1) as place
    from version
)

select
    notice_id,
    version_no,
    place as ord,
    entry.kind,
    case when getvariable('is_masked') then repeat('＊', len(entry.quote)) else entry.quote end as quote,
    entry.start,
    entry."end",
    entry.read_from
from unnested
order by notice_id, version_no, ord;
