-- Open alarms of a kind whose subject is no longer among those found: they close now.

select
    alert_id,
    kind,
    subject,
    message,
    opened_at,
    $now as closed_at
from alerts
where kind = $kind and closed_at is null and not list_contains($subjects::varchar [], subject);
