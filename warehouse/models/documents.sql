-- documents: a document, however often and wherever it is published.
--
-- grain    one row a document_id: issuer and number, else title and date
-- reads    notices
-- written  for the documents of touched notices, at each load
--
-- The best copy is in place, has the longest text, and was seen first: what counts documents joins on it.

create table if not exists documents (
    document_id varchar,
    first_notice_id varchar,
    best_notice_id varchar,
    title varchar,
    doc_no varchar,
    issuers varchar [],
    written_on date,
    published_on date,
    region varchar,
    level varchar,
    relevance varchar,
    copy_count integer,
    live_copy_count integer,
    portal_ids varchar [],
    task_count integer,
    first_seen_at timestamptz
);

comment on table documents is '文件：一行一份文件，不论在多少门户公开、重发多少次';
comment on column documents.document_id is '文件标识（主键），16 位十六进制：文件身份依据的 sha256 前 16 位';
comment on column documents.first_notice_id is '最早采到的一份，关联 notices';
comment on column documents.best_notice_id is '最好的一份（仍在原处、正文最长、最早采到），关联 notices；统计文件与任务时以它为准';
comment on column documents.title is '标题，取最好的一份';
comment on column documents.doc_no is '发文字号，取最好的一份；没有则为空';
comment on column documents.issuers is '发文机关全称，列表，取最好的一份';
comment on column documents.written_on is '成文日期，取最好的一份';
comment on column documents.published_on is '各份中最早的发布日期';
comment on column documents.region is '发文机关所属地区，取最好的一份';
comment on column documents.level is '级别：national、province、city、county，取最好的一份；含义同 notices.level，可为空';
comment on column documents.relevance is '与放管服改革的相关度，取最好的一份';
comment on column documents.copy_count is '公开次数，单位：份，含已撤下的';
comment on column documents.live_copy_count is '仍在原处的份数，单位：份';
comment on column documents.portal_ids is '公开它的门户，列表，按标识排序';
comment on column documents.task_count is '最好的一份中的任务数，单位：项';
comment on column documents.first_seen_at is '各份中首次采到的时刻，含时区';
