-- Notices of the explorer, newest first, all but those of no relevance; numbered from 0.
create or replace temp table site_notices as
select
    cast(row_number() over (order by reported_on desc, notice_id) as integer) - 1 as place,
    *
from scoped_notices
where relevance <> 'none';

create or replace temp table site_tasks as
select
    tasks.task_id, tasks.notice_id, tasks.seq, tasks.title, tasks.kind, tasks.read_from, tasks.start, tasks."end",
    tasks.lead_units, tasks.responsible_units, tasks.support_units, site_notices.place
from tasks
inner join site_notices on tasks.notice_id = site_notices.notice_id;
