-- task_units: a unit named by a task, in its role.
--
-- grain    one row a task, role and place in the list
-- reads    staged readings of the page, corrections
-- written  for touched pages, at each load

create table if not exists task_units (
    task_id varchar,
    notice_id varchar,
    role varchar,
    unit varchar,
    unit_norm varchar,
    ord integer,
    quote varchar,
    start integer,
    "end" integer,
    rule varchar
);

comment on table task_units is '任务涉及的单位：一行是一项任务中一个单位的一种角色';
comment on column task_units.task_id is '任务标识，关联 tasks';
comment on column task_units.notice_id is '所在通知，关联 notices';
comment on column task_units.role is '角色：lead 牵头、responsible 负责、support 配合';
comment on column task_units.unit is '单位名称，照印';
comment on column task_units.unit_norm is '单位的统一名称，冠地名，同一地区内一个单位只有一种写法；也有“各县区政府”等统称；跨地区比较用 without_place';
comment on column task_units.ord is '在该角色名单中的次序，从 1 起';
comment on column task_units.quote is '依据：原文片段，照印';
comment on column task_units.start is '依据在所出自文本中的起始位置，单位：字符，从 0 起；人工更正者为空';
comment on column task_units."end" is '依据的结束位置（不含），单位：字符；人工更正者为空';
comment on column task_units.rule is '读出它的规则名；人工更正者为 correction';
