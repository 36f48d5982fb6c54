-- Documents of the twelve weeks up to the one of $monday.
select
    cast(date_trunc('week', reported_on) as date) as monday,
    count(distinct document_id) filter (relevance = 'core') as core,
    count(distinct document_id) filter (relevance = 'wide') as wide
from scoped_notices
where reported_on between $monday - 77 and $sunday and relevance <> 'none'
group by 1
order by 1;
