-- Open alarms, the newest first.
select kind, subject, message, opened_at
from alerts
where closed_at is null
order by opened_at desc
