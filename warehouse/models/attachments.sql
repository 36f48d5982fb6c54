-- attachments: a file of a notice.
--
-- grain    one row a file of the newest version of a notice, in the page's order
-- reads    staged readings of the page
-- written  for touched pages, at each load

create table if not exists attachments (
    notice_id varchar,
    ord integer,
    name varchar,
    url varchar,
    media_type varchar,
    bytes bigint,
    sha256 varchar,
    text varchar,
    problem varchar
);

comment on table attachments is '附件：一行是一份通知的一个附件';
comment on column attachments.notice_id is '所属通知，关联 notices';
comment on column attachments.ord is '在通知中的次序，从 1 起';
comment on column attachments.name is '附件名，照页面所示';
comment on column attachments.url is '下载地址';
comment on column attachments.media_type is '媒体类型，按文件内容判定，例：application/pdf';
comment on column attachments.bytes is '大小，单位：字节';
comment on column attachments.sha256 is '文件字节的 sha256，64 位十六进制';
comment on column attachments.text is '附件全文；未能读出则为空串；联系人已遮盖，长度不变';
comment on column attachments.problem is '未能下载或读出的原因；没有则为空串';
