-- Alarms that are open.

select
    alert_id,
    kind,
    subject,
    message,
    opened_at,
    closed_at
from alerts
where closed_at is null
order by opened_at, kind, subject;
