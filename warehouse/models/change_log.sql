-- change_log: a thing added, changed, withdrawn or restored: what, when, by which run.
--
-- grain    one row a change of a notice, or of a task between two versions of its notice
-- reads    staged readings of the page
-- written  for touched pages, at each load
--
-- Tasks that come with a notice's first version are not listed one by one: the notice's row stands for them.

create table if not exists change_log (
    change_id varchar,
    happened_at timestamptz,
    entity varchar,
    change varchar,
    notice_id varchar,
    task_id varchar,
    task_title varchar,
    version_no integer,
    changed_fields varchar [],
    reason varchar,
    is_first_crawl boolean,
    portal_id varchar,
    batch_id varchar,
    run_id varchar
);

comment on table change_log is '变更记录：一行是一份通知或一项任务的一次新增、变化、撤下或恢复；任务只记同一通知两个版本之间的，随新通知而来、随通知撤下的不逐项记';
comment on column change_log.change_id is '变更标识（主键），16 位十六进制，由内容算出，重复载入不变';
comment on column change_log.happened_at is '采集发现变更的时刻，含时区';
comment on column change_log.entity is '对象：notice 通知、task 任务';
comment on column change_log.change is '变更：added 新增、changed 变化、withdrawn 撤下、restored 恢复';
comment on column change_log.notice_id is '通知标识，关联 notices';
comment on column change_log.task_id is '任务标识，关联 tasks（已撤下的任务不在其中）；通知的变更则为空';
comment on column change_log.task_title is '任务标题；撤下的任务是撤下前的标题；通知的变更则为空';
comment on column change_log.version_no is '变更后的版本号，关联 notice_versions；撤下则为撤下前的版本号';
comment on column change_log.changed_fields is '变化的字段名，列表：通知同 notice_versions.changed_fields；任务为 text、title、no、path、kind、lead_units、responsible_units、support_units、deadlines、recurring、targets；新增与撤下为空列表；变化前的值不另存，见上一版本的 notice_versions.text';
comment on column change_log.reason is '撤下的原因；其他变更为空';
comment on column change_log.is_first_crawl is '是否由该门户的首次采集带来：是存量，不算新闻';
comment on column change_log.portal_id is '门户标识，关联 portals';
comment on column change_log.batch_id is '发现变更的批次，关联 loaded_batches';
comment on column change_log.run_id is '发现变更的采集，关联 portal_runs';
