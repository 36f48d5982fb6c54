-- current_notices: the notices that stand now, each document counted once, by its best copy.
--
-- grain    one row a document of which a copy is in place
-- reads    notices, documents
--
-- The one place that says what counts: all views and macros of tasks in force begin here.

create or replace view current_notices as
select
    notices.notice_id,
    notices.document_id,
    notices.portal_id,
    notices.title,
    notices.doc_no,
    notices.issuers,
    notices.region,
    notices.adcode,
    notices.level,
    notices.relevance,
    notices.topics,
    notices.category,
    notices.doc_type,
    notices.validity,
    notices.written_on,
    notices.published_on,
    notices.task_count,
    notices.text_length,
    notices.signature,
    documents.copy_count,
    notices.first_seen_at,
    notices.url
from notices
inner join documents on notices.notice_id = documents.best_notice_id
where notices.removed_at is null;

comment on view current_notices is '现有文件：一行是一份文件，取最好的一份；转载只计一次，已撤下的不计；不论效力与相关度';
comment on column current_notices.notice_id is '最好的一份，关联 notices';
comment on column current_notices.document_id is '文件标识，关联 documents';
comment on column current_notices.portal_id is '此份所在门户，关联 portals';
comment on column current_notices.title is '文件标题';
comment on column current_notices.doc_no is '发文字号；没有则为空';
comment on column current_notices.issuers is '发文机关全称，列表，联合发文按印发顺序';
comment on column current_notices.region is '发文机关所属地区';
comment on column current_notices.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column current_notices.level is '级别：national、province、city、county；含义同 notices.level，可为空';
comment on column current_notices.relevance is '与放管服改革的相关度：core、wide、none';
comment on column current_notices.topics is '所涉主题，列表，取值见 notices.topics';
comment on column current_notices.category is '门户给出的栏目或主题分类，照印';
comment on column current_notices.doc_type is '文种';
comment on column current_notices.validity is '门户给出的效力状态，照印；门户未给则为空';
comment on column current_notices.written_on is '成文日期；没有则为空';
comment on column current_notices.published_on is '发布日期，以页面标明者为准；未标明则为空';
comment on column current_notices.task_count is '任务数，单位：项';
comment on column current_notices.text_length is '正文长度，单位：字符；全文见 notices.text';
comment on column current_notices.signature is '正文相似度签名，用 likeness 比较';
comment on column current_notices.copy_count is '公开次数，单位：份，含已撤下的';
comment on column current_notices.first_seen_at is '此份首次采到的时刻，含时区';
comment on column current_notices.url is '网页地址';
