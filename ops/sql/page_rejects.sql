-- Pages and files that could not be read in the last 30 days, each once, the newest first.
with unread as (
    select
        portal_id,
        url,
        reason,
        happened_at
    from rejects

    union all by name

    -- Files that came, and that no reader understands: broken, hostile, or a picture.
    select
        notices.portal_id,
        attachments.url,
        attachments.name || '：' || attachments.problem as reason,
        coalesce(notices.changed_at, notices.first_seen_at) as happened_at
    from attachments
    inner join notices on attachments.notice_id = notices.notice_id
    where attachments.problem <> '' and notices.removed_at is null
)

select
    portal_id,
    url,
    arg_max(reason, happened_at) as reason,
    max(happened_at) as happened_at
from unread
where happened_at >= the_day() - 30
group by portal_id, url
order by happened_at desc, url
limit 30
