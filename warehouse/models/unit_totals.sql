-- unit_totals: what a unit has to do in all, counted once so that nobody who asks counts it again.
--
-- grain    one row a region, unit under its one spelling, and due date (one row for tasks without one)
-- reads    task_units, tasks, notices, documents
-- written  at publication; empty in the working file, where totals_of_units counts

create table if not exists unit_totals (
    region varchar,
    unit_norm varchar,
    due_on date,
    task_count bigint,
    lead_count bigint,
    responsible_count bigint,
    support_count bigint,
    notice_count bigint
);

comment on table unit_totals is '单位任务量的汇总：一行是一个地区的一个单位的一个时限；工作库中为空；请用 unit_workload';
comment on column unit_totals.region is '发文机关所属地区';
comment on column unit_totals.unit_norm is '单位的统一名称';
comment on column unit_totals.due_on is '任务的最早时限；未写明时限的为空';
comment on column unit_totals.task_count is '涉及的任务，单位：项';
comment on column unit_totals.lead_count is '牵头的任务，单位：项';
comment on column unit_totals.responsible_count is '负责的任务，单位：项';
comment on column unit_totals.support_count is '配合的任务，单位：项';
comment on column unit_totals.notice_count is '涉及的通知，单位：份；一份通知只在其最早的时限计一次，可以相加';
