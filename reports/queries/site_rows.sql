-- What the list and the pages show of the notices from $first to $last.
select
    site_notices.*, site_notices.removed_at is not null as is_withdrawn, notices.index_no, notices.recipients, notices.text
from site_notices
inner join notices on site_notices.notice_id = notices.notice_id
where site_notices.place between $first and $last
order by site_notices.place;
