-- task_recurrences: a rhythm in which a task is to be done.
--
-- grain    one row a task and rhythm, in order of the text
-- reads    staged readings of the page
-- written  for touched pages, at each load

create table if not exists task_recurrences (
    task_id varchar,
    notice_id varchar,
    ord integer,
    text varchar,
    rrule varchar,
    quote varchar,
    start integer,
    "end" integer,
    rule varchar
);

comment on table task_recurrences is '任务的周期：一行是一项任务的一种周期';
comment on column task_recurrences.task_id is '任务标识，关联 tasks';
comment on column task_recurrences.notice_id is '所在通知，关联 notices';
comment on column task_recurrences.ord is '在任务中的次序，从 1 起';
comment on column task_recurrences.text is '周期文字，照印，例：每月20日前';
comment on column task_recurrences.rrule is 'RFC 5545 周期规则，不带前缀，例：FREQ=MONTHLY;BYMONTHDAY=20；INTERVAL 为 3、6 即季、半年，落在其末月；未写哪天的算到期末；用 rhythm_dates 展开成日期';
comment on column task_recurrences.quote is '依据：原文片段，照印';
comment on column task_recurrences.start is '依据在所出自文本中的起始位置，单位：字符，从 0 起';
comment on column task_recurrences."end" is '依据的结束位置（不含），单位：字符';
comment on column task_recurrences.rule is '读出它的规则名';
