-- Notices of each portal by the ISO week they were published in, of the last ? days.
select portal_id, strftime(coalesce(published_on, listed_on), '%G-W%V') as week, count(*)
from notices
where removed_at is null and coalesce(published_on, listed_on) > current_date - cast(? as integer)
group by all
