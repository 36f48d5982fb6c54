-- Portals crawled for the first time in the week, and how many of their older notices came with it.
select coalesce(portal_name, portal_id) as portal_name, count(*) as notice_count
from scoped_notices
where
    is_first_crawl
    and cast(first_seen_at as date) between $monday and $sunday
    and reported_on < $monday
group by all
order by 1;
