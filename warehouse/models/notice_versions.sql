-- notice_versions: the texts that a notice has had.
--
-- grain    one row a notice and version_no; a new version is another content, or the return of a withdrawn notice
-- reads    staged readings of the page
-- written  for touched pages, at each load

create table if not exists notice_versions (
    notice_id varchar,
    version_no integer,
    change varchar,
    changed_fields varchar [],
    valid_from timestamptz,
    valid_to timestamptz,
    title varchar,
    doc_no varchar,
    validity varchar,
    text varchar,
    content_sha256 varchar,
    page_sha256 varchar,
    archive_ref varchar,
    batch_id varchar,
    run_id varchar,
    task_count integer
);

comment on table notice_versions is '通知的历次文本：一行一个版本';
comment on column notice_versions.notice_id is '通知标识，关联 notices；与 version_no 合为主键';
comment on column notice_versions.version_no is '版本号，从 1 起，按时间递增';
comment on column notice_versions.change is '此版本因何而来：added 首次出现、changed 内容变化、restored 撤下后恢复';
comment on column notice_versions.changed_fields is '与上一版本相比变化的字段名，列表：title、index_no、doc_no、issuers、written_on、published_on、validity、text、attachments；首版为空列表';
comment on column notice_versions.valid_from is '首次采到此版本的时刻，含时区';
comment on column notice_versions.valid_to is '被替换或撤下的时刻；当前版本为空';
comment on column notice_versions.title is '此版本的标题';
comment on column notice_versions.doc_no is '此版本的发文字号';
comment on column notice_versions.validity is '此版本的效力状态，照印';
comment on column notice_versions.text is '此版本的正文全文；联系人已遮盖，长度不变';
comment on column notice_versions.content_sha256 is '内容指纹，含义同 notices.content_sha256';
comment on column notice_versions.page_sha256 is '网页原始字节的 sha256';
comment on column notice_versions.archive_ref is '原始网页在归档中的位置：门户/文件.warc.gz#偏移';
comment on column notice_versions.batch_id is '所出自的批次，关联 loaded_batches';
comment on column notice_versions.run_id is '所出自的采集，关联 portal_runs';
comment on column notice_versions.task_count is '此版本中的任务数，单位：项';
