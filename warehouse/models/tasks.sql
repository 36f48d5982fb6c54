-- tasks: what the current text of a notice tells somebody to do.
--
-- grain    one row a task of the newest version of a notice
-- reads    staged readings of the page, corrections
-- written  for touched pages, at each load
--
-- A task keeps its id over versions and re-readings: see steps/task_links.sql.

create table if not exists tasks (
    task_id varchar,
    notice_id varchar,
    document_id varchar,
    seq integer,
    no varchar,
    path varchar [],
    title varchar,
    text varchar,
    starts varchar,
    ends varchar,
    kind varchar,
    read_from varchar,
    start integer,
    "end" integer,
    quote varchar,
    rule varchar,
    signature varchar,
    lead_units varchar [],
    responsible_units varchar [],
    support_units varchar [],
    due_on date,
    corrected_fields varchar [],
    first_seen_at timestamptz,
    changed_at timestamptz
);

comment on table tasks is '任务：一行是一份通知当前文本中的一项任务';
comment on column tasks.task_id is '任务标识（主键），通知标识-10 位十六进制；文字小幅更正、序号变动后仍不变';
comment on column tasks.notice_id is '所在通知，关联 notices';
comment on column tasks.document_id is '所属文件，关联 documents；跨门户统计时按 documents.best_notice_id 去重';
comment on column tasks.seq is '任务在通知中的次序，从 1 起';
comment on column tasks.no is '序号，只留数字，例：（一）→ 一；没有则为空串';
comment on column tasks.path is '上级标题，列表，由外到内，照印';
comment on column tasks.title is '任务标题：段首黑体或首句，不含末尾标点';
comment on column tasks.text is '任务全文；联系人已遮盖，长度不变';
comment on column tasks.starts is '任务文字的前 16 个字符（规范化）';
comment on column tasks.ends is '归属括号之前的最后 16 个字符（规范化）';
comment on column tasks.kind is '类别：measure 举措、safeguard 保障、reporting 报送';
comment on column tasks.read_from is '出自何处：body 正文，否则为附件名';
comment on column tasks.start is '在所出自文本中的起始位置，单位：字符，从 0 起';
comment on column tasks."end" is '在所出自文本中的结束位置（不含），单位：字符';
comment on column tasks.quote is '原文，照印；联系人已遮盖，长度不变';
comment on column tasks.rule is '读出此任务的规则名';
comment on column tasks.signature is '任务文字的相似度签名，十六进制，用 likeness 比较，以辨认重发、沿用的任务';
comment on column tasks.lead_units is '牵头单位，列表，照印；跨地区统计请用 task_units.unit_norm';
comment on column tasks.responsible_units is '责任单位，列表，照印';
comment on column tasks.support_units is '配合单位，列表，照印';
comment on column tasks.due_on is '最早的完成时限；未写明则为空。其余时限见 task_deadlines，周期见 task_recurrences';
comment on column tasks.corrected_fields is '经人工更正的字段名，见 corrections；无则为空列表';
comment on column tasks.first_seen_at is '此任务首次出现的版本的采集时刻，含时区';
comment on column tasks.changed_at is '此任务最近一次变化的时刻；从未变化则为空';
