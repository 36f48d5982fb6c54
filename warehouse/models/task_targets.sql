-- task_targets: a figure that a task is to reach.
--
-- grain    one row a task and target, in order of the text
-- reads    staged readings of the page
-- written  for touched pages, at each load
--
-- `value` stays text, because a range (1至2) is one target; `number` is its figure where it is one number.

create table if not exists task_targets (
    task_id varchar,
    notice_id varchar,
    ord integer,
    text varchar,
    op varchar,
    "value" varchar,
    number double,
    measure_unit varchar,
    subject varchar,
    quote varchar,
    start integer,
    "end" integer,
    rule varchar
);

comment on table task_targets is '任务的量化指标：一行是一项任务的一个指标';
comment on column task_targets.task_id is '任务标识，关联 tasks';
comment on column task_targets.notice_id is '所在通知，关联 notices';
comment on column task_targets.ord is '在任务中的次序，从 1 起';
comment on column task_targets.text is '指标文字，照印，例：压减至60个工作日内';
comment on column task_targets.op is '比较方式：>=、<=、>、<、=、~（约）';
comment on column task_targets."value" is '数值文字，单位见 measure_unit；区间照写，例：1至2';
comment on column task_targets.number is '数值，单位见 measure_unit；区间则为空';
comment on column task_targets.measure_unit is '计量单位，照印，不换算，例：%、个工作日、天、小时、万名';
comment on column task_targets.subject is '指标所衡量的事项，同一事项一种写法；原文未写则为空串';
comment on column task_targets.quote is '依据：原文片段，照印';
comment on column task_targets.start is '依据在所出自文本中的起始位置，单位：字符，从 0 起';
comment on column task_targets."end" is '依据的结束位置（不含），单位：字符';
comment on column task_targets.rule is '读出它的规则名';
