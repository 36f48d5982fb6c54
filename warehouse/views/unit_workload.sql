-- unit_workload: what a unit has to do, by its role.
--
-- grain    one row a region and unit, under its one spelling
-- reads    totals_of_units

create or replace view unit_workload as
select
    region,
    unit_norm,
    sum(task_count)::bigint as task_count,
    sum(lead_count)::bigint as lead_count,
    sum(responsible_count)::bigint as responsible_count,
    sum(support_count)::bigint as support_count,
    sum(notice_count)::bigint as notice_count,
    coalesce(sum(task_count) filter (where due_on >= the_day()), 0)::bigint as upcoming_count,
    coalesce(sum(task_count) filter (where due_on < the_day()), 0)::bigint as past_due_count,
    min(due_on) filter (where due_on >= the_day()) as next_due_on
from totals_of_units()
group by region, unit_norm;

comment on view unit_workload is '单位任务量：一行是一个地区的一个单位；同一文件只计一次，已撤下的不计；不论通知的相关度';
comment on column unit_workload.region is '发文机关所属地区';
comment on column unit_workload.unit_norm is '单位的统一名称，含义同 task_units.unit_norm';
comment on column unit_workload.task_count is '涉及的任务，单位：项';
comment on column unit_workload.lead_count is '牵头的任务，单位：项';
comment on column unit_workload.responsible_count is '负责的任务，单位：项';
comment on column unit_workload.support_count is '配合的任务，单位：项';
comment on column unit_workload.notice_count is '涉及的通知，单位：份';
comment on column unit_workload.upcoming_count is '最早时限尚未到的任务，单位：项';
comment on column unit_workload.past_due_count is '最早时限已过的任务，单位：项；是否完成，通知文本中没有';
comment on column unit_workload.next_due_on is '下一个时限';
