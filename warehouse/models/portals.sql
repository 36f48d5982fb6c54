-- portals: a portal as configured, and how it fares on this installation.
--
-- grain    one row a portal that has a portal file, or of which a batch was loaded
-- reads    portal files (crawlers.model.Portal), portal_runs, loaded_batches
-- written  whole, at each load

create table if not exists portals (
    portal_id varchar,
    name varchar,
    region varchar,
    adcode varchar,
    level varchar,
    family varchar,
    home varchar,
    hosts varchar [],
    column_names varchar [],
    is_configured boolean,
    status varchar,
    expect_notices_min integer,
    expect_notices_max integer,
    expect_silent_days integer,
    expect_filled map (varchar, double),
    run_count integer,
    first_run_at timestamptz,
    last_run_at timestamptz,
    last_success_at timestamptz,
    last_outcome varchar
);

comment on table portals is '门户：一行一个门户，其配置及在本机的采集状况';
comment on column portals.portal_id is '门户标识（主键），即门户文件名';
comment on column portals.name is '门户名称';
comment on column portals.region is '所属地区';
comment on column portals.adcode is '行政区划代码，6 位';
comment on column portals.level is '级别：national 国家、province 省、city 市、county 县';
comment on column portals.family is '网站系统类别，对应 crawlers/families 中的模块';
comment on column portals.home is '首页地址';
comment on column portals.hosts is '属于该门户的主机，列表';
comment on column portals.column_names is '所采集的栏目名称，列表';
comment on column portals.is_configured is '是否仍有门户文件；否则只因有历史批次而列出';
comment on column portals.status is '在本机的状态：described 只有描述、crawled 采集成功过、failing 最近一次采集失败';
comment on column portals.expect_notices_min is '预期通知数下限，单位：条；未设则为空';
comment on column portals.expect_notices_max is '预期通知数上限，单位：条；未设则为空';
comment on column portals.expect_silent_days is '超过多少天没有新通知即为异常，单位：天；未设则为空';
comment on column portals.expect_filled is '各字段预期填充率下限，0 到 1，键为字段名；未设则为空';
comment on column portals.run_count is '已载入的采集次数，单位：次';
comment on column portals.first_run_at is '首次采集开始的时刻，含时区';
comment on column portals.last_run_at is '最近一次采集开始的时刻，含时区';
comment on column portals.last_success_at is '最近一次成功（ok 或 partial）采集结束的时刻，含时区';
comment on column portals.last_outcome is '最近一次采集的结果：ok、partial、failed';
