-- portal_runs: a crawl of a portal.
--
-- grain    one row a batch (one crawl of one portal)
-- reads    staged events `run`
-- written  by batch, at each load

create table if not exists portal_runs (
    run_id varchar,
    portal_id varchar,
    batch_id varchar,
    started_at timestamptz,
    ended_at timestamptz,
    seconds double,
    outcome varchar,
    stop varchar,
    reasons varchar [],
    is_first boolean,
    listed_count integer,
    new_count integer,
    changed_count integer,
    removed_count integer,
    restored_count integer,
    unchanged_count integer,
    refused_count integer,
    failed_count integer,
    attachment_count integer,
    request_count integer,
    not_modified_count integer,
    bytes bigint
);

comment on table portal_runs is '采集记录：一行是对一个门户的一次采集';
comment on column portal_runs.run_id is '采集标识；与 portal_id 合为主键';
comment on column portal_runs.portal_id is '门户标识，关联 portals';
comment on column portal_runs.batch_id is '所成批次，关联 loaded_batches';
comment on column portal_runs.started_at is '开始时刻，含时区';
comment on column portal_runs.ended_at is '结束时刻，含时区';
comment on column portal_runs.seconds is '用时，单位：秒';
comment on column portal_runs.outcome is '结果：ok 成功、partial 部分成功、failed 失败';
comment on column portal_runs.stop is '采集为何结束：nothing new 没有新通知、last page 列表到底、since 到起始日期、budget 请求数用尽、time 用时已满、changed 页面改版、refused 门户拒绝、unreachable 连不上、failed 其他失败、killed 被中断；多个栏目不同的以逗号并列';
comment on column portal_runs.reasons is '出了什么问题，或少取了什么，列表，每条含网址与处理办法';
comment on column portal_runs.is_first is '是否对该门户的首次采集';
comment on column portal_runs.listed_count is '列表页上见到的通知，单位：条';
comment on column portal_runs.new_count is '新通知，单位：条';
comment on column portal_runs.changed_count is '内容变化的通知，单位：条';
comment on column portal_runs.removed_count is '撤下的通知，单位：条';
comment on column portal_runs.restored_count is '恢复的通知，单位：条';
comment on column portal_runs.unchanged_count is '未变化的通知，单位：条';
comment on column portal_runs.refused_count is '门户拒绝给出的页面，单位：页';
comment on column portal_runs.failed_count is '未能采到的页面，单位：页';
comment on column portal_runs.attachment_count is '采到的附件，单位：个';
comment on column portal_runs.request_count is '发出的请求，单位：次';
comment on column portal_runs.not_modified_count is '门户答复未修改（304）的请求，单位：次';
comment on column portal_runs.bytes is '收到的数据，单位：字节';
