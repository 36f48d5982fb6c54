-- corrections: a value corrected by hand.
--
-- grain    one row a [[correction]] of corrections/*.toml
-- reads    corrections/*.toml, notices, tasks
-- written  whole, at each load

create table if not exists corrections (
    correction_id varchar,
    notice_id varchar,
    task_id varchar,
    field varchar,
    old_value json,
    new_value json,
    found_value json,
    who varchar,
    why varchar,
    file varchar,
    status varchar
);

comment on table corrections is '人工更正：一行一处更正，来源为 corrections/*.toml，重新读取后仍有效';
comment on column corrections.correction_id is '更正标识（主键），16 位十六进制，由更正内容算出';
comment on column corrections.notice_id is '被更正的通知，关联 notices';
comment on column corrections.task_id is '被更正的任务，关联 tasks；更正通知字段则为空';
comment on column corrections.field is '被更正的字段，即 notices 或 tasks 的列名';
comment on column corrections.old_value is '更正前的值，JSON';
comment on column corrections.new_value is '更正后的值，JSON';
comment on column corrections.found_value is '载入时读出的值，JSON；与 old_value 不同即为 stale';
comment on column corrections.who is '更正人';
comment on column corrections.why is '更正理由';
comment on column corrections.file is '所在文件名';
comment on column corrections.status is '状态：applied 已应用、stale 原文已变而未应用、missing 库中尚无此通知或任务';
