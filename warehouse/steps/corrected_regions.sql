-- Touched notices whose region was corrected.

select
    notice_id,
    region
from notices
semi join touched using (page_id)
where list_contains(corrected_fields, 'region')
order by notice_id;
