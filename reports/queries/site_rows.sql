-- What the list shows of the notices from $first to $last.
with units as (
    select task_units.notice_id, list(distinct task_units.unit_norm order by task_units.unit_norm) as unit_names
    from task_units
    inner join site_notices on task_units.notice_id = site_notices.notice_id
    where site_notices.place between $first and $last
    group by task_units.notice_id
),

dues as (
    select
        task_deadlines.notice_id,
        list(distinct task_deadlines.due_on order by task_deadlines.due_on) as due_dates
    from task_deadlines
    inner join site_notices on task_deadlines.notice_id = site_notices.notice_id
    where site_notices.place between $first and $last
    group by task_deadlines.notice_id
)

select
    site_notices.place, site_notices.notice_id, site_notices.document_id, site_notices.title, site_notices.doc_no,
    site_notices.issuers, site_notices.region, site_notices.level, site_notices.reported_on, site_notices.relevance,
    site_notices.topics, site_notices.task_count, site_notices.removed_at is not null as is_withdrawn,
    site_notices.url, site_notices.portal_name, site_notices.written_on, site_notices.published_on,
    site_notices.validity, notices.index_no, notices.recipients, notices.text,
    coalesce(units.unit_names, []) as unit_names, coalesce(dues.due_dates, []) as due_dates
from site_notices
inner join notices on site_notices.notice_id = notices.notice_id
left join units on site_notices.notice_id = units.notice_id
left join dues on site_notices.notice_id = dues.notice_id
where site_notices.place between $first and $last
order by site_notices.place;
