-- citations: another document that a notice cites by its number.
--
-- grain    one row a place of the text
-- reads    staged readings of the page, documents
-- written  for touched pages, at each load; cited_document_id also when the cited document arrives later

create table if not exists citations (
    notice_id varchar,
    task_id varchar,
    ord integer,
    cited_doc_no varchar,
    cited_title varchar,
    cited_document_id varchar,
    quote varchar,
    start integer,
    "end" integer,
    read_from varchar,
    rule varchar
);

comment on table citations is '引用：一行是通知文本中一处按发文字号引用的其他文件；同一文件引用几处就有几行，数通知须去重';
comment on column citations.notice_id is '引用方，关联 notices';
comment on column citations.task_id is '引用所在任务，关联 tasks；不在任务中则为空';
comment on column citations.ord is '在通知中的次序，从 1 起';
comment on column citations.cited_doc_no is '被引文件的发文字号，括号统一为〔〕';
comment on column citations.cited_title is '被引文件的题名，照印；原文未写则为空串';
comment on column citations.cited_document_id is '被引文件，关联 documents；本库尚无则为空';
comment on column citations.quote is '依据：原文片段，照印';
comment on column citations.start is '依据在所出自文本中的起始位置，单位：字符，从 0 起';
comment on column citations."end" is '依据的结束位置（不含），单位：字符';
comment on column citations.read_from is '出自何处：body 正文，否则为附件名';
comment on column citations.rule is '读出它的规则名';
