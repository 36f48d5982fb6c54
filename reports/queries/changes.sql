-- What was changed or withdrawn in the week, with the texts before and after the last change of each notice.
with logged as (
    select change_log.notice_id, change_log.change, max(change_log.happened_at) as changed_at
    from change_log
    where
        change_log.entity = 'notice'
        and cast(change_log.happened_at as date) between $monday and $sunday
        and change_log.change in ('changed', 'withdrawn', 'restored')
    group by change_log.notice_id, change_log.change
),

versions as (
    select
        *,
        lag(text) over (partition by notice_id order by version_no) as old_text,
        lag(title) over (partition by notice_id order by version_no) as old_title
    from notice_versions
    where cast(valid_from as date) <= $sunday
)

select
    scoped_notices.notice_id, scoped_notices.title, scoped_notices.doc_no, scoped_notices.url, scoped_notices.region,
    scoped_notices.portal_name, scoped_notices.relevance, logged.change, cast(logged.changed_at as date) as changed_on,
    versions.old_title, versions.old_text, versions.text as new_text, versions.title as new_title
from logged
inner join scoped_notices using (notice_id)
left join versions on logged.notice_id = versions.notice_id and logged.change = 'changed'
where scoped_notices.relevance <> 'none'
qualify row_number() over (
    partition by logged.notice_id, logged.change order by versions.version_no desc nulls last
) = 1
order by logged.change, scoped_notices.relevance, scoped_notices.region, scoped_notices.notice_id;
