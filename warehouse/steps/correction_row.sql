-- One correction, not yet held against the text.

insert into corrections
select
    $1 as correction_id,
    $2 as notice_id,
    $3 as task_id,
    $4 as field,
    $5::json as old_value,
    $6::json as new_value,
    null::json as found_value,
    $7 as who,
    $8 as why,
    $9 as file,
    'missing' as status;
