-- A slice of the base: the rows around the texts in `drawn_notice` and `drawn_task`.
--
-- One notice in 20 is a re-post of the one before it on another portal; as many have had an earlier text, and
-- one in 100 was withdrawn.

create or replace temp view base_notice as
select
    n,
    notice_id,
    task_count::integer as task_count,
    text,
    'p' || lpad((n % 50)::varchar, 2, '0') as portal_id,
    'https://p' || (n % 50) || '.example/t' || n || '.html' as url,
    date '2015-01-01' + (n * 3000 // getvariable('notices'))::integer as day,
    n - (n % 20 = 1)::integer as document_no,
    n % 20 = 2 as is_changed,
    n % 100 = 3 as is_withdrawn,
    substr(sha256('page' || n), 1, 16) as page_id,
    substr(sha256('document' || (n - (n % 20 = 1)::integer)), 1, 16) as document_id,
    portal_id || '/' || strftime(day, '%Y%m%d') || 'T000000Z-r' as batch_id
from drawn_notice;

create or replace temp view base_task as
select
    *,
    date '2015-01-01' + (n * 3000 // getvariable('notices'))::integer as day,
    notice_id || '-' || lpad(to_hex(hash(n, seq) & 1099511627775), 10, '0') as task_id
from drawn_task;

insert into tasks by name
select
    task_id,
    notice_id,
    substr(sha256('document' || (n - (n % 20 = 1)::integer)), 1, 16) as document_id,
    seq,
    seq::varchar as no,
    ['一、重点任务'] as path,
    left(text, 18) as title,
    text,
    left(text, 16) as starts,
    right(text, 16) as ends,
    'measure' as kind,
    'body' as read_from,
    0 as start,
    len(text) as "end",
    text as quote,
    'numbered_item' as rule,
    lpad(to_hex(hash(text)), 16, '0') as signature,
    case when chance < 0.46 then ['第' || unit || '局'] else [] end as lead_units,
    case when chance > 0.44 then ['第' || (unit + 1) || '局', '第' || (unit + 7) || '局'] else [] end as responsible_units,
    case when chance < 0.1 then ['第' || (unit + 3) || '局'] else [] end as support_units,
    case when chance_due < 0.36 then day + 200 + unit::integer % 100 end as due_on,
    []::varchar [] as corrected_fields,
    day::timestamptz as first_seen_at
from base_task;

insert into task_units by name
with entry as (
    select
        task_id,
        notice_id,
        unnest(
            case when chance < 0.46 then [{ role: 'lead', u: unit, ord: 1 }] else [] end
            || case when chance < 0.1 then [{ role: 'support', u: unit + 3, ord: 1 }] else [] end
            || case
                when chance > 0.44
                    then [{ role: 'responsible', u: unit + 1, ord: 1 }, { role: 'responsible', u: unit + 7, ord: 2 }]
                else []
            end
        ) as named
    from base_task
)

select
    task_id,
    notice_id,
    named.role,
    '第' || named.u || '局' as unit,
    '示范市第' || named.u || '局' as unit_norm,
    named.ord,
    '第' || named.u || '局' as quote,
    0 as start,
    4 as "end",
    'bracket' as rule
from entry;

insert into task_deadlines by name
select
    task_id,
    notice_id,
    1 as ord,
    '年底前' as text,
    day + 200 + unit::integer % 100 as due_on,
    'day' as "precision",
    '年底前' as quote,
    0 as start,
    3 as "end",
    'printed_day' as rule
from base_task
where chance_due < 0.36;

insert into task_recurrences by name
select
    task_id,
    notice_id,
    1 as ord,
    '每月20日前' as text,
    'FREQ=MONTHLY;BYMONTHDAY=20' as rrule,
    '每月20日前' as quote,
    0 as start,
    6 as "end",
    'every_month' as rule
from base_task
where chance_due > 0.92;

insert into task_targets by name
select
    task_id,
    notice_id,
    1 as ord,
    '不低于' || (unit % 100) || '%' as text,
    '>=' as op,
    (unit % 100)::varchar as "value",
    unit % 100 as number,
    '%' as measure_unit,
    '事项' || (unit // 4) as subject,
    '' as quote,
    0 as start,
    0 as "end",
    'figure' as rule
from base_task
where chance_target < 0.11;

insert into notices by name
select
    notice_id,
    page_id,
    0 as part,
    document_id,
    portal_id,
    url,
    '关于' || left(text, 14) || '的通知' as title,
    '示政发〔' || year(day) || '〕' || document_no || '号' as doc_no,
    ['第' || (n % 300) || '市人民政府'] as issuers,
    day as written_on,
    day + 2 as published_on,
    '通知' as doc_type,
    '第' || (n % 300) || '市' as region,
    lpad((610000 + n % 300)::varchar, 6, '0') as adcode,
    case when n % 20 = 0 then 'province' else 'city' end as level,
    []::varchar [] as recipients,
    []::varchar [] as topics,
    case when n % 4 = 0 then 'core' else 'wide' end as relevance,
    text,
    len(text) as text_length,
    sha256(notice_id) as text_sha256,
    sha256(notice_id) as content_sha256,
    sha256(notice_id) as page_sha256,
    'k' || document_no as document_key,
    task_count,
    1 + is_changed::integer as version_no,
    []::varchar [] as corrected_fields,
    false as is_first_crawl,
    batch_id || '.warc.gz#0' as archive_ref,
    batch_id,
    'r' as run_id,
    day::timestamptz as first_seen_at,
    day::timestamptz as last_seen_at,
    case when is_changed then (day + 20)::timestamptz end as changed_at,
    case when is_withdrawn then (day + 30)::timestamptz end as removed_at
from base_notice;

insert into notice_versions by name
select
    notice_id,
    unnest(range(1, 2 + is_changed::integer)) as version_no,
    case when version_no = 1 then 'added' else 'changed' end as change,
    case when version_no = 1 then [] else ['text'] end as changed_fields,
    case when version_no = 1 then day else day + 20 end::timestamptz as valid_from,
    case
        when version_no = 1 and is_changed then (day + 20)::timestamptz
        when is_withdrawn then (day + 30)::timestamptz
    end as valid_to,
    '关于' || left(text, 14) || '的通知' as title,
    '示政发〔' || year(day) || '〕' || document_no || '号' as doc_no,
    text,
    sha256(notice_id) as content_sha256,
    sha256(notice_id) as page_sha256,
    batch_id || '.warc.gz#0' as archive_ref,
    batch_id,
    'r' as run_id,
    task_count
from base_notice;

insert into change_log by name
with event as (
    select
        *,
        unnest(
            [{ change: 'added', after_days: 0, version_no: 1 }]
            || case when is_changed then [{ change: 'changed', after_days: 20, version_no: 2 }] else [] end
            || case when is_withdrawn then [{ change: 'withdrawn', after_days: 30, version_no: 1 }] else [] end
        ) as what
    from base_notice
)

select
    substr(sha256(what.change || n), 1, 16) as change_id,
    (day + what.after_days)::timestamptz as happened_at,
    'notice' as entity,
    what.change,
    notice_id,
    what.version_no,
    case when what.change = 'changed' then ['text'] else [] end as changed_fields,
    false as is_first_crawl,
    portal_id,
    batch_id,
    'r' as run_id
from event;

insert into documents by name
select
    document_id,
    notice_id as first_notice_id,
    notice_id as best_notice_id,
    '关于' || left(text, 14) || '的通知' as title,
    '示政发〔' || year(day) || '〕' || document_no || '号' as doc_no,
    ['第' || (n % 300) || '市人民政府'] as issuers,
    day as written_on,
    day + 2 as published_on,
    '第' || (n % 300) || '市' as region,
    case when n % 20 = 0 then 'province' else 'city' end as level,
    case when n % 4 = 0 then 'core' else 'wide' end as relevance,
    1 + (n % 20 = 0)::integer as copy_count,
    case when is_withdrawn then 0 else 1 + (n % 20 = 0)::integer end as live_copy_count,
    [portal_id] as portal_ids,
    task_count,
    day::timestamptz as first_seen_at
from base_notice
where n = document_no;

insert into citations by name
with drawn as (
    select
        notice_id,
        (hash(n) % getvariable('notices')::ubigint)::bigint // 20 * 20 as cited
    from base_notice
)

select
    notice_id,
    1 as ord,
    '示政发〔' || year(date '2015-01-01' + (cited * 3000 // getvariable('notices'))::integer) || '〕' || cited || '号'
        as cited_doc_no,
    '' as cited_title,
    substr(sha256('document' || cited), 1, 16) as cited_document_id,
    '' as quote,
    0 as start,
    0 as "end",
    'body' as read_from,
    'doc_no' as rule
from drawn;

insert into page_batches
select
    page_id,
    batch_id
from base_notice;

insert into url_sightings
select
    page_id,
    day::timestamptz
from base_notice;

insert into loaded_batches
select distinct
    batch_id,
    portal_id,
    0 as bytes,
    0 as modified_ns,
    '' as sha256,
    0 as event_count,
    day::timestamptz as loaded_at
from base_notice
anti join loaded_batches using (batch_id);

insert into portals by name
select distinct
    portal_id,
    portal_id as name,
    true as is_configured,
    'crawled' as status,
    30 as expect_silent_days
from base_notice
where portal_id not in (select portal_id from portals);
