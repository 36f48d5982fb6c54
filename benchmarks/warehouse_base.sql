-- A slice of the base, notices from `first` to `last`: aggregates of texts must stay within the memory limit.

create or replace temp table base_notice as
with numbered as (
    select
        n,
        'p' || lpad((n % 50)::varchar, 2, '0') as portal_id,
        'https://p' || (n % 50) || '.example/t' || n || '.html' as url,
        date '2015-01-01' + (n * 3000 // getvariable('notices'))::integer as day,
        8 + floor(random() * 25)::integer as task_count
    from range(getvariable('first'), getvariable('last')) t (n)
)

select
    *,
    substr(sha256('page' || n), 1, 16) as page_id,
    substr(sha256('notice' || n), 1, 16) as notice_id,
    substr(sha256('document' || n), 1, 16) as document_id,
    portal_id || '/' || strftime(day, '%Y%m%d') || 'T000000Z-r' as batch_id
from numbered;

create or replace temp table base_task as
with numbered as (
    select
        n,
        notice_id,
        document_id,
        day,
        unnest(range(1, task_count + 1)) as seq
    from base_notice
),

drawn as (
    select
        *,
        floor(random() * 20000)::integer as p1,
        floor(random() * 20000)::integer as p2,
        random() as chance,
        random() as chance_due,
        random() as chance_target,
        floor(random() * 400)::integer as unit
    from numbered
)

select
    drawn.* exclude (p1, p2),
    notice_id || '-' || lpad(seq::varchar, 10, '0') as task_id,
    one.s || '，' || two.s || '。' as text
from drawn
inner join piece as one on drawn.p1 = one.p
inner join piece as two on drawn.p2 = two.p
order by n, seq;

insert into tasks by name
select
    task_id,
    notice_id,
    document_id,
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
    substr(sha256(text), 1, 16) as signature,
    case when chance < 0.3 then ['第' || unit || '局'] else [] end as lead_units,
    case when chance > 0.4 then ['第' || (unit + 1) || '局', '第' || (unit + 7) || '局'] else [] end as responsible_units,
    []::varchar [] as support_units,
    case when chance_due < 0.3 then day + 200 + unit % 100 end as due_on,
    []::varchar [] as corrected_fields,
    day::timestamptz as first_seen_at
from base_task
order by n, seq;

insert into task_units by name
select
    task_id,
    notice_id,
    role,
    '第' || u || '局' as unit,
    '示范市第' || u || '局' as unit_norm,
    ord,
    '第' || u || '局' as quote,
    0 as start,
    4 as "end",
    'bracket' as rule
from (
    select task_id, notice_id, 'lead' as role, unit as u, 1 as ord from base_task where chance < 0.3
    union all
    select task_id, notice_id, 'responsible' as role, unit + 1 as u, 1 as ord from base_task where chance > 0.4
    union all
    select task_id, notice_id, 'responsible' as role, unit + 7 as u, 2 as ord from base_task where chance > 0.4
);

insert into task_deadlines by name
select
    task_id,
    notice_id,
    1 as ord,
    '年底前' as text,
    day + 200 + unit % 100 as due_on,
    'day' as "precision",
    '年底前' as quote,
    0 as start,
    3 as "end",
    'printed_day' as rule
from base_task
where chance_due < 0.3;

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
where chance_due > 0.95;

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
where chance_target < 0.08;

create or replace temp table body as
select
    notice_id,
    string_agg(text, chr(10) order by seq) as text
from base_task
group by notice_id;

insert into notices by name
select
    base_notice.notice_id,
    base_notice.page_id,
    0 as part,
    document_id,
    portal_id,
    url,
    '关于' || left(body.text, 14) || '的通知' as title,
    '示政发〔' || year(day) || '〕' || n || '号' as doc_no,
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
    body.text,
    sha256(base_notice.notice_id) as text_sha256,
    sha256(base_notice.notice_id) as content_sha256,
    sha256(base_notice.notice_id) as page_sha256,
    'k' || n as document_key,
    task_count,
    1 as version_no,
    []::varchar [] as corrected_fields,
    false as is_first_crawl,
    batch_id || '.warc.gz#0' as archive_ref,
    batch_id,
    'r' as run_id,
    day::timestamptz as first_seen_at,
    day::timestamptz as last_seen_at
from base_notice
inner join body on base_notice.notice_id = body.notice_id;

insert into notice_versions by name
select
    notice_id,
    1 as version_no,
    'added' as change,
    []::varchar [] as changed_fields,
    first_seen_at as valid_from,
    title,
    doc_no,
    text,
    content_sha256,
    page_sha256,
    archive_ref,
    batch_id,
    run_id,
    task_count
from notices
semi join base_notice using (notice_id);

insert into change_log by name
select
    notice_id as change_id,
    first_seen_at as happened_at,
    'notice' as entity,
    'added' as change,
    notice_id,
    1 as version_no,
    []::varchar [] as changed_fields,
    false as is_first_crawl,
    portal_id,
    batch_id,
    run_id
from notices
semi join base_notice using (notice_id);

insert into documents by name
select
    document_id,
    notice_id as first_notice_id,
    notice_id as best_notice_id,
    title,
    doc_no,
    issuers,
    written_on,
    published_on,
    region,
    level,
    relevance,
    1 as copy_count,
    1 as live_copy_count,
    [portal_id] as portal_ids,
    task_count,
    first_seen_at
from notices
semi join base_notice using (notice_id);

insert into citations by name
with drawn as (
    select
        notice_id,
        floor(random() * getvariable('notices'))::bigint as cited
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
where batch_id not in (select batch_id from loaded_batches);

insert into portals by name
select distinct
    portal_id,
    portal_id as name,
    true as is_configured,
    'crawled' as status,
    30 as expect_silent_days
from base_notice
where portal_id not in (select portal_id from portals);
