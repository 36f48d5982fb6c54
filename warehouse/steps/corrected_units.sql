-- Units of touched notices whose spelling a correction may have changed: a unit is spelt by region and issuer.

select distinct
    task_units.notice_id,
    task_units.unit,
    notices.region,
    notices.issuers
from task_units
inner join notices on task_units.notice_id = notices.notice_id
semi join touched on notices.page_id = touched.page_id
where task_units.rule = 'correction' or list_has_any(notices.corrected_fields, ['region', 'issuers'])
order by task_units.notice_id, task_units.unit;
