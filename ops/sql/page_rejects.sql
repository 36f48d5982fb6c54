-- Pages and files that could not be read in the last 30 days, the newest first.
select
    portal_id,
    url,
    reason,
    happened_at
from rejects
where happened_at >= the_day() - 30
order by happened_at desc, url
limit 30
