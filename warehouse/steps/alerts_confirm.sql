-- Open alarms that last: what is wrong may have got worse, so the message is the newest.

update alerts
set confirmed_at = $now, message = ($messages::varchar []) [list_position($subjects::varchar [], subject)]
where kind = $kind and closed_at is null and list_contains($subjects::varchar [], subject);
