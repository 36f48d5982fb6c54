-- loaded_batches: a staged batch that is in this warehouse.
--
-- grain    one row a staged Parquet file
-- reads    staging
-- written  by batch, at each load
--
-- Size and time tell quickly that a file is as it was; the checksum tells it surely.

create table if not exists loaded_batches (
    batch_id varchar,
    portal_id varchar,
    bytes bigint,
    modified_ns bigint,
    sha256 varchar,
    event_count integer,
    loaded_at timestamptz
);

comment on table loaded_batches is '已载入的批次：一行一个暂存文件';
comment on column loaded_batches.batch_id is '批次（主键），门户/时刻-采集标识，即暂存文件的相对路径，不含扩展名';
comment on column loaded_batches.portal_id is '门户标识，关联 portals';
comment on column loaded_batches.bytes is '暂存文件大小，单位：字节';
comment on column loaded_batches.modified_ns is '暂存文件修改时间，单位：纳秒，自 1970 年起';
comment on column loaded_batches.sha256 is '暂存文件的 sha256，64 位十六进制；变化即重新载入';
comment on column loaded_batches.event_count is '事件数，单位：条';
comment on column loaded_batches.loaded_at is '载入的时刻，含时区';
