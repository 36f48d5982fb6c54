-- Alarms that are open, of one kind or of all.

select
    alert_id,
    kind,
    subject,
    message,
    opened_at,
    closed_at
from alerts
where closed_at is null and ($kind::varchar is null or kind = $kind::varchar)
order by opened_at, kind, subject;
