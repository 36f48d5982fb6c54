-- What the loaded batches say of crawls, rejects and pages seen in place.

delete from portal_runs where batch_id in (select unnest(getvariable('batch_ids')));

insert into portal_runs by name
select
    run.run_id,
    run.portal_id,
    batch_id,
    run.started_at,
    happened_at as ended_at,
    run.seconds,
    run.outcome,
    run.stop,
    run.reasons,
    run.is_first,
    run.listed as listed_count,
    run.new as new_count,
    run.changed as changed_count,
    run.removed as removed_count,
    run.restored as restored_count,
    run.unchanged as unchanged_count,
    run.refused as refused_count,
    run.failed as failed_count,
    run.attachments as attachment_count,
    run.requests as request_count,
    run.not_modified as not_modified_count,
    run.bytes
from incoming
where event = 'run' and run is not null
order by batch_id;

delete from rejects where batch_id in (select unnest(getvariable('batch_ids')));

insert into rejects by name
select
    batch_id,
    portal_id,
    run_id,
    happened_at,
    url,
    stage,
    reason,
    archive_ref
from incoming
where event = 'rejected'
order by batch_id, happened_at, url;

create or replace temp table sighting as
select
    page_id,
    max(happened_at) as last_seen_at
from incoming
where event = 'seen'
group by page_id;

merge into url_sightings
using sighting on url_sightings.page_id = sighting.page_id
when matched and sighting.last_seen_at > url_sightings.last_seen_at
    then update set last_seen_at = sighting.last_seen_at
when not matched then insert values (sighting.page_id, sighting.last_seen_at);

update notices
set last_seen_at = sighting.last_seen_at
from sighting
where notices.page_id = sighting.page_id and notices.last_seen_at < sighting.last_seen_at;
