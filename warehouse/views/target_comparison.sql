-- target_comparison: figures to be reached, made to be compared across places.
--
-- grain    one row a task and target
-- reads    task_targets, tasks, current_notices

create or replace view target_comparison as
select
    task_targets.subject,
    task_targets.measure_unit,
    task_targets.op,
    task_targets.number,
    task_targets."value",
    task_targets.text as target_text,
    current_notices.region,
    current_notices.adcode,
    current_notices.level,
    current_notices.written_on,
    tasks.due_on,
    tasks.task_id,
    tasks.notice_id,
    tasks.title,
    current_notices.doc_no,
    current_notices.title as notice_title,
    current_notices.url
from task_targets
inner join tasks on task_targets.task_id = tasks.task_id
inner join current_notices on tasks.notice_id = current_notices.notice_id;

comment on view target_comparison is '指标对比：一行是一项任务的一个量化指标；同一文件只计一次，已撤下的不计；不论效力与相关度';
comment on column target_comparison.subject is '指标所衡量的事项，同一事项一种写法；原文未写则为空串';
comment on column target_comparison.measure_unit is '计量单位，照印，不换算';
comment on column target_comparison.op is '比较方式：>=、<=、>、<、=、~（约）';
comment on column target_comparison.number is '数值，单位见 measure_unit；区间则为空';
comment on column target_comparison."value" is '数值文字，单位见 measure_unit';
comment on column target_comparison.target_text is '指标文字，照印';
comment on column target_comparison.region is '发文机关所属地区';
comment on column target_comparison.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column target_comparison.level is '级别：national、province、city、county；含义同 notices.level，可为空';
comment on column target_comparison.written_on is '通知的成文日期';
comment on column target_comparison.due_on is '任务最早的完成时限；未写明则为空';
comment on column target_comparison.task_id is '任务标识，关联 tasks';
comment on column target_comparison.notice_id is '所在通知，关联 notices';
comment on column target_comparison.title is '任务标题';
comment on column target_comparison.doc_no is '所在通知的发文字号';
comment on column target_comparison.notice_title is '所在通知的标题';
comment on column target_comparison.url is '网页地址';
