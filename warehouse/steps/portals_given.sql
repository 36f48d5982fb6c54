-- The portal files that are there now (`portal_files`: a struct each).

insert into portal_file by name
select
    entry.* exclude (fields, rates),
    map(entry.fields::varchar [], entry.rates::double []) as expect_filled
from (select unnest(getvariable('portal_files')) as entry);
