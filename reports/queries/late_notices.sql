-- Publications first seen from $since to $sunday though they are of an earlier week; a portal's first crawl is no news.
select notice_id
from scoped_notices
where
    reported_on < $monday
    and date_trunc('week', reported_on) < date_trunc('week', cast(first_seen_at as date))
    and cast(first_seen_at as date) between $since and $sunday
    and relevance <> 'none'
    and not is_first_crawl
order by notice_id;
