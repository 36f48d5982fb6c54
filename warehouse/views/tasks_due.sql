-- tasks_due: deadlines of the tasks in force, each document counted once.
--
-- grain    one row a task and deadline
-- reads    task_deadlines, tasks, current_notices

create or replace view tasks_due as
select
    task_deadlines.due_on,
    task_deadlines.due_on - the_day() as days_left,
    task_deadlines."precision",
    task_deadlines.text as deadline_text,
    tasks.task_id,
    tasks.notice_id,
    tasks.title,
    tasks.kind,
    tasks.lead_units,
    tasks.responsible_units,
    tasks.support_units,
    current_notices.region,
    current_notices.adcode,
    current_notices.level,
    current_notices.relevance,
    current_notices.doc_no,
    current_notices.title as notice_title,
    current_notices.url
from task_deadlines
inner join tasks on task_deadlines.task_id = tasks.task_id
inner join current_notices on tasks.notice_id = current_notices.notice_id
where task_deadlines.due_on is not null;

comment on view tasks_due is '到期任务：一行是一项任务的一个时限；同一文件只计一次，已撤下的不计；不论效力与相关度';
comment on column tasks_due.due_on is '完成时限的最后一天';
comment on column tasks_due.days_left is '距时限的天数，单位：天；负数为已过';
comment on column tasks_due."precision" is '原文的精度：day、month、quarter、half、year、relative';
comment on column tasks_due.deadline_text is '时限文字，照印';
comment on column tasks_due.task_id is '任务标识，关联 tasks';
comment on column tasks_due.notice_id is '所在通知，关联 notices';
comment on column tasks_due.title is '任务标题';
comment on column tasks_due.kind is '类别：measure、safeguard、reporting';
comment on column tasks_due.lead_units is '牵头单位，列表，照印';
comment on column tasks_due.responsible_units is '责任单位，列表，照印';
comment on column tasks_due.support_units is '配合单位，列表，照印';
comment on column tasks_due.region is '发文机关所属地区';
comment on column tasks_due.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column tasks_due.level is '级别：national、province、city、county；含义同 notices.level，可为空';
comment on column tasks_due.relevance is '通知与放管服改革的相关度：core、wide、none';
comment on column tasks_due.doc_no is '所在通知的发文字号';
comment on column tasks_due.notice_title is '所在通知的标题';
comment on column tasks_due.url is '网页地址';
