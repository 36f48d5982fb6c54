-- rejects: a page or file that could not be read, with the reason.
--
-- grain    one row an event of a batch
-- reads    staged events `rejected`
-- written  by batch, at each load

create table if not exists rejects (
    batch_id varchar,
    portal_id varchar,
    run_id varchar,
    happened_at timestamptz,
    url varchar,
    stage varchar,
    reason varchar,
    archive_ref varchar
);

comment on table rejects is '未能读出的页面或文件：一行一次，附原因';
comment on column rejects.batch_id is '所出自的批次，关联 loaded_batches';
comment on column rejects.portal_id is '门户标识，关联 portals';
comment on column rejects.run_id is '所出自的采集，关联 portal_runs';
comment on column rejects.happened_at is '发生的时刻，含时区';
comment on column rejects.url is '页面或文件的地址';
comment on column rejects.stage is '环节：list 列表页、page 通知页、attachment 附件、read 读取';
comment on column rejects.reason is '原因，及处理办法';
comment on column rejects.archive_ref is '原始应答在归档中的位置；没有应答则为空';
