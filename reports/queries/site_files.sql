-- Attachments of the notices from $first to $last.
select site_notices.place, attachments.name, attachments.url, attachments.text, attachments.problem
from attachments
inner join site_notices on attachments.notice_id = site_notices.notice_id
where site_notices.place between $first and $last
order by site_notices.place, attachments.ord;
