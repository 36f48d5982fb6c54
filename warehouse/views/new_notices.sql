-- new_notices: documents that came to be known, each once, where it was seen first.
--
-- grain    one row a document
-- reads    notices, documents
--
-- What a portal's first crawl brought is stock, not news; a re-post of a known document is not new.

create or replace view new_notices as
select
    notices.first_seen_at::date as first_seen_on,
    notices.notice_id,
    notices.document_id,
    notices.title,
    notices.doc_no,
    notices.issuers,
    notices.region,
    notices.adcode,
    notices.level,
    notices.portal_id,
    notices.relevance,
    notices.doc_type,
    notices.written_on,
    notices.published_on,
    notices.task_count,
    documents.copy_count,
    notices.url,
    notices.first_seen_at,
    notices.removed_at
from notices
inner join documents on notices.notice_id = documents.first_notice_id
where not notices.is_first_crawl;

comment on view new_notices is '新通知：一行一份新采到的文件（首次采集的存量、转载与重发不算）';
comment on column new_notices.first_seen_on is '首次采到的日期（北京时间）';
comment on column new_notices.notice_id is '最早采到的一份，关联 notices';
comment on column new_notices.document_id is '文件标识，关联 documents';
comment on column new_notices.title is '文件标题';
comment on column new_notices.doc_no is '发文字号；没有则为空';
comment on column new_notices.issuers is '发文机关全称，列表';
comment on column new_notices.region is '发文机关所属地区';
comment on column new_notices.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column new_notices.level is '级别：national、province、city、county；含义同 notices.level，可为空';
comment on column new_notices.portal_id is '最早见到它的门户，关联 portals';
comment on column new_notices.relevance is '与放管服改革的相关度：core、wide、none';
comment on column new_notices.doc_type is '文种';
comment on column new_notices.written_on is '成文日期';
comment on column new_notices.published_on is '发布日期';
comment on column new_notices.task_count is '任务数，单位：项';
comment on column new_notices.copy_count is '至今公开的份数，单位：份';
comment on column new_notices.url is '网页地址';
comment on column new_notices.first_seen_at is '首次采到的时刻，含时区';
comment on column new_notices.removed_at is '发现已撤下的时刻；仍在则为空';
