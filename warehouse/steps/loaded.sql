-- The files of this group are in the warehouse (`files`: a struct each).

delete from loaded_batches where batch_id in (select unnest(getvariable('batch_ids')));

insert into loaded_batches by name
with file as (
    select unnest(getvariable('files'), max_depth := 2)
),

counted as (
    select
        batch_id,
        count(*) as event_count
    from incoming
    group by batch_id
)

select
    file.batch_id,
    split_part(file.batch_id, '/', 1) as portal_id,
    file.bytes,
    file.modified_ns,
    file.sha256,
    coalesce(counted.event_count, 0) as event_count,
    getvariable('now') as loaded_at
from file
left join counted on file.batch_id = counted.batch_id;
