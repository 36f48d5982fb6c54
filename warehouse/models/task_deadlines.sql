-- task_deadlines: a date by which a task is to be done.
--
-- grain    one row a task and deadline, in order of the text
-- reads    staged readings of the page, corrections
-- written  for touched pages, at each load

create table if not exists task_deadlines (
    task_id varchar,
    notice_id varchar,
    ord integer,
    text varchar,
    due_on date,
    "precision" varchar,
    quote varchar,
    start integer,
    "end" integer,
    rule varchar
);

comment on table task_deadlines is '任务的完成时限：一行是一项任务的一个时限';
comment on column task_deadlines.task_id is '任务标识，关联 tasks';
comment on column task_deadlines.notice_id is '所在通知，关联 notices';
comment on column task_deadlines.ord is '在任务中的次序，从 1 起';
comment on column task_deadlines.text is '时限文字，照印，例：2023年底前';
comment on column task_deadlines.due_on is '最后一天，例：2023年底前 → 2023-12-31；算不出日期则为空';
comment on column task_deadlines."precision" is '原文的精度：day 日、month 月、quarter 季、half 半年、year 年、relative 相对';
comment on column task_deadlines.quote is '依据：原文片段，照印';
comment on column task_deadlines.start is '依据在所出自文本中的起始位置，单位：字符，从 0 起；人工更正者为空';
comment on column task_deadlines."end" is '依据的结束位置（不含），单位：字符；人工更正者为空';
comment on column task_deadlines.rule is '读出它的规则名；人工更正者为 correction';
