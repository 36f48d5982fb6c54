-- The data's version: made of what was loaded, so that equal data have equal versions.

update warehouse_info
set
    loaded_at = getvariable('now'),
    build_id = (
        select substr(sha256(concat_ws(
            '|',
            (select string_agg(batch_id || sha256, ',' order by batch_id) from loaded_batches),
            (select string_agg(correction_id, ',' order by correction_id) from corrections)
        )), 1, 16)
    );
