-- portal_health: how each portal fares.
--
-- grain    one row a portal
-- reads    portals, portal_runs, notices, rejects

create or replace view portal_health as
with newest_run as (
    select
        portal_id,
        arg_max(stop, started_at) as last_stop,
        arg_max(reasons, started_at) as last_reasons,
        count(*) filter (where started_at >= the_day() - 30) as runs_30d,
        count(*) filter (where started_at >= the_day() - 30 and outcome = 'failed') as failed_runs_30d
    from portal_runs
    group by portal_id
),

filled as (
    select
        portal_id,
        count(*) as notice_count,
        avg((title <> '')::integer) as title_rate,
        avg((doc_no is not null)::integer) as doc_no_rate,
        avg((written_on is not null)::integer) as written_on_rate,
        avg((published_on is not null)::integer) as published_on_rate,
        avg((text_length > 0)::integer) as text_rate
    from notices
    where removed_at is null
    group by portal_id
),

brought as (
    select
        portal_id,
        count(*) filter (where first_seen_at >= the_day() - 30 and not is_first_crawl) as new_30d,
        max(coalesce(published_on, listed_on, written_on)) as newest_on,
        max(first_seen_at) as last_new_at
    from notices
    group by portal_id
),

rejected as (
    select
        portal_id,
        count(*) as rejects_30d
    from rejects
    where happened_at >= the_day() - 30
    group by portal_id
)

select
    portals.portal_id,
    portals.name,
    portals.region,
    portals.status,
    portals.last_run_at,
    portals.last_success_at,
    portals.last_outcome,
    newest_run.last_stop,
    newest_run.last_reasons,
    coalesce(newest_run.runs_30d, 0) as runs_30d,
    coalesce(newest_run.failed_runs_30d, 0) as failed_runs_30d,
    coalesce(rejected.rejects_30d, 0) as rejects_30d,
    coalesce(filled.notice_count, 0) as notice_count,
    coalesce(brought.new_30d, 0) as new_30d,
    brought.newest_on,
    the_day() - brought.last_new_at::date as silent_days,
    portals.expect_silent_days,
    coalesce(the_day() - brought.last_new_at::date > portals.expect_silent_days, false) as is_silent,
    filled.title_rate,
    filled.doc_no_rate,
    filled.written_on_rate,
    filled.published_on_rate,
    filled.text_rate
from portals
left join newest_run on portals.portal_id = newest_run.portal_id
left join filled on portals.portal_id = filled.portal_id
left join brought on portals.portal_id = brought.portal_id
left join rejected on portals.portal_id = rejected.portal_id;

comment on view portal_health is '门户状况：一行一个门户';
comment on column portal_health.portal_id is '门户标识，关联 portals';
comment on column portal_health.name is '门户名称';
comment on column portal_health.region is '所属地区';
comment on column portal_health.status is '在本机的状态：described、crawled、failing，含义同 portals.status';
comment on column portal_health.last_run_at is '最近一次采集开始的时刻，含时区';
comment on column portal_health.last_success_at is '最近一次成功采集结束的时刻，含时区';
comment on column portal_health.last_outcome is '最近一次采集的结果：ok、partial、failed';
comment on column portal_health.last_stop is '最近一次采集为何结束，取值同 portal_runs.stop';
comment on column portal_health.last_reasons is '最近一次采集的问题，列表';
comment on column portal_health.runs_30d is '近 30 天的采集，单位：次';
comment on column portal_health.failed_runs_30d is '近 30 天失败的采集，单位：次';
comment on column portal_health.rejects_30d is '近 30 天未能读出的页面与文件，单位：个';
comment on column portal_health.notice_count is '在架的通知，单位：份';
comment on column portal_health.new_30d is '近 30 天的新通知（不含首次采集的存量），单位：份';
comment on column portal_health.newest_on is '最新一份通知的日期（发布、列表或成文日期）';
comment on column portal_health.silent_days is '距最近一次采到新通知的天数，单位：天';
comment on column portal_health.expect_silent_days is '容许无声的天数，单位：天；未设则为空';
comment on column portal_health.is_silent is '是否无声过久';
comment on column portal_health.title_rate is '标题填充率，0 到 1，在架的通知';
comment on column portal_health.doc_no_rate is '发文字号填充率，0 到 1，在架的通知';
comment on column portal_health.written_on_rate is '成文日期填充率，0 到 1，在架的通知';
comment on column portal_health.published_on_rate is '发布日期填充率，0 到 1，在架的通知';
comment on column portal_health.text_rate is '正文填充率，0 到 1，在架的通知';
