-- portal_file: the configured part of `portals`, as it was written before.

create or replace temp table portal_file as
select
    portal_id,
    name,
    region,
    adcode,
    level,
    family,
    home,
    hosts,
    column_names,
    expect_notices_min,
    expect_notices_max,
    expect_silent_days,
    expect_filled
from portals
where is_configured;
