-- contacts: a person's name, telephone number or mail address that stands in a text.
--
-- grain    one row a place of the text
-- reads    staged readings of the page
-- written  for touched pages, at each load; masked unless FGF_SHOW_CONTACTS

create table if not exists contacts (
    notice_id varchar,
    version_no integer,
    ord integer,
    kind varchar,
    quote varchar,
    start integer,
    "end" integer,
    read_from varchar
);

comment on table contacts is '联系人信息：一行是文本中的一处姓名、电话或邮箱；内容已遮盖，只示位置';
comment on column contacts.notice_id is '所在通知，关联 notices';
comment on column contacts.version_no is '所在版本，关联 notice_versions；历次文本都要遮盖';
comment on column contacts.ord is '在该版本中的次序，从 1 起';
comment on column contacts.kind is '种类：name 姓名、phone 电话、mail 邮箱';
comment on column contacts.quote is '原文，照印；以＊遮盖，长度不变';
comment on column contacts.start is '在所出自文本中的起始位置，单位：字符，从 0 起';
comment on column contacts."end" is '结束位置（不含），单位：字符';
comment on column contacts.read_from is '出自何处：body 正文，否则为附件名';
