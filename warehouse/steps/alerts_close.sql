-- Open alarms of a kind whose subject is no longer among those found.

update alerts
set closed_at = $now
where kind = $kind and closed_at is null and not list_contains($subjects::varchar [], subject)
returning alert_id, kind, subject, message, opened_at, closed_at;
