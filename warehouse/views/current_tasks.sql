-- current_tasks: the tasks that stand now, each document counted once, with what is known of its notice.
--
-- grain    one row a task
-- reads    tasks, current_notices

create or replace view current_tasks as
select
    tasks.task_id,
    tasks.notice_id,
    tasks.document_id,
    tasks.seq,
    tasks.title,
    tasks.text,
    tasks.kind,
    tasks.lead_units,
    tasks.responsible_units,
    tasks.support_units,
    tasks.due_on,
    tasks.signature,
    current_notices.issuers,
    current_notices.region,
    current_notices.adcode,
    current_notices.level,
    current_notices.relevance,
    current_notices.topics,
    current_notices.validity,
    current_notices.written_on,
    current_notices.published_on,
    current_notices.doc_no,
    current_notices.title as notice_title,
    current_notices.url
from tasks
inner join current_notices on tasks.notice_id = current_notices.notice_id;

comment on view current_tasks is '现有任务：一行是一项任务，附所在通知；同一文件只计一次，已撤下的不计；不论效力与相关度';
comment on column current_tasks.task_id is '任务标识，关联 tasks、task_units、task_deadlines、task_recurrences、task_targets';
comment on column current_tasks.notice_id is '所在通知，关联 notices';
comment on column current_tasks.document_id is '所属文件，关联 documents';
comment on column current_tasks.seq is '任务在通知中的次序，从 1 起';
comment on column current_tasks.title is '任务标题';
comment on column current_tasks.text is '任务全文；联系人已遮盖，长度不变';
comment on column current_tasks.kind is '类别：measure 举措、safeguard 保障、reporting 报送';
comment on column current_tasks.lead_units is '牵头单位，列表，照印；跨地区统计请用 task_units.unit_norm';
comment on column current_tasks.responsible_units is '责任单位，列表，照印';
comment on column current_tasks.support_units is '配合单位，列表，照印';
comment on column current_tasks.due_on is '最早的完成时限；未写明则为空';
comment on column current_tasks.signature is '任务文字的相似度签名，用 likeness 比较';
comment on column current_tasks.issuers is '通知的发文机关全称，列表';
comment on column current_tasks.region is '发文机关所属地区';
comment on column current_tasks.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column current_tasks.level is '级别：national、province、city、county；含义同 notices.level，可为空';
comment on column current_tasks.relevance is '通知与放管服改革的相关度：core、wide、none';
comment on column current_tasks.topics is '通知所涉主题，列表，取值见 notices.topics';
comment on column current_tasks.validity is '门户给出的效力状态，照印；门户未给则为空';
comment on column current_tasks.written_on is '通知的成文日期';
comment on column current_tasks.published_on is '通知的发布日期';
comment on column current_tasks.doc_no is '所在通知的发文字号；没有则为空';
comment on column current_tasks.notice_title is '所在通知的标题';
comment on column current_tasks.url is '网页地址';
