-- check_now: the outcomes of this run, before they replace the last.

create or replace temp table check_now (
    check_name varchar,
    claim varchar,
    severity varchar,
    reason varchar,
    row_count bigint,
    sample json,
    checked_at timestamptz
);
