-- search_documents: a notice as the ranked search knows it.
--
-- grain    one row a notice that is in its place
-- reads    notices
-- written  at publication; empty in the working file and above SEARCH_LIMIT notices

create table if not exists search_documents (
    doc integer,
    notice_id varchar,
    length integer,
    opening varchar
);

comment on table search_documents is '排序检索所收的通知：一行一份；工作库中为空';
comment on column search_documents.doc is '检索序号，从 1 起，只在本次发布内有效';
comment on column search_documents.notice_id is '通知标识，关联 notices';
comment on column search_documents.opening is '标题与正文开头 400 字，以换行分隔；联系人已遮盖，长度不变';
comment on column search_documents.length is '所收文字（标题两遍与正文开头）的字符对数，单位：个';
