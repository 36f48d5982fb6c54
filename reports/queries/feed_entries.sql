-- What became known of notices in the $days days up to $as_of, newest first.
--
-- Old notices that a portal's first crawl brought are no news; those that were a fortnight old at most are.
select
    change_log.change_id, change_log.change, change_log.happened_at,
    scoped_notices.notice_id, scoped_notices.title, scoped_notices.doc_no, scoped_notices.url, scoped_notices.issuers,
    scoped_notices.region, scoped_notices.portal_id, scoped_notices.portal_name, scoped_notices.topics,
    scoped_notices.published_on, scoped_notices.relevance, change_log.reason,
    notices.text,
    coalesce(
        (select list(distinct scoped_tasks.title order by scoped_tasks.title) from scoped_tasks
        where scoped_tasks.document_id = scoped_notices.document_id), []
    ) as task_titles,
    coalesce(
        (select list_sort(list_distinct(list(task_units.unit) || list(task_units.unit_norm))) from task_units
        where task_units.notice_id = scoped_notices.notice_id), []
    ) as units
from change_log
inner join scoped_notices on change_log.notice_id = scoped_notices.notice_id
inner join notices on change_log.notice_id = notices.notice_id
where
    change_log.entity = 'notice'
    and scoped_notices.relevance <> 'none'
    and cast(change_log.happened_at as date) between $as_of - $days and $as_of
    and (not change_log.is_first_crawl or scoped_notices.reported_on >= cast(change_log.happened_at as date) - 14)
order by change_log.happened_at desc, change_log.change_id;
