-- One portal file.

insert into portal_file
select
    $portal_id,
    $name,
    $region,
    $adcode,
    $level,
    $family,
    $home,
    $hosts,
    $column_names,
    $notices_min,
    $notices_max,
    $silent_days,
    map($fields::varchar [], $rates::double []);
