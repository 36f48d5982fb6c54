-- check_results: outcome of a check of the data.
--
-- grain    one row a file of warehouse/checks, as it came out last
-- reads    warehouse/checks/*.sql
-- written  whole, at each run of the checks

create table if not exists check_results (
    check_name varchar,
    claim varchar,
    severity varchar,
    reason varchar,
    status varchar,
    row_count bigint,
    sample json,
    checked_at timestamptz,
    failed_since timestamptz
);

comment on table check_results is '数据检查结果：一行一项检查，最近一次的结果';
comment on column check_results.check_name is '检查名（主键），即 warehouse/checks 中的文件名';
comment on column check_results.claim is '检查所断言的内容';
comment on column check_results.severity is '严重程度：error 阻止发布、warning 只提示';
comment on column check_results.reason is '为何要检查，及不通过时看哪里';
comment on column check_results.status is '结果：ok 通过、failed 不通过';
comment on column check_results.row_count is '不合断言的行数，单位：行';
comment on column check_results.sample is '不合断言的行，至多 5 行，JSON 数组';
comment on column check_results.checked_at is '检查的时刻，含时区';
comment on column check_results.failed_since is '自何时起连续不通过；通过则为空';
