-- Alarms for what was found and is not open yet: they open now.

with found as (
    select
        unnest($subjects::varchar []) as subject,
        unnest($messages::varchar []) as message
)

select
    substr(sha256(concat_ws('|', $kind, found.subject, $now)), 1, 16) as alert_id,
    $kind as kind,
    found.subject,
    found.message,
    $now as opened_at,
    null as closed_at
from found
where found.subject not in (select subject from alerts where kind = $kind and closed_at is null);
