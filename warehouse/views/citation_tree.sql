-- citation_tree: the documents that a document rests on, three steps deep.
--
-- grain    one row a document and chain of citations that begins at it
-- reads    citations, documents
--
-- Joins and no recursion: so a filter on root_document_id reaches the tables. A chain ends where it would come
-- back to a document in it: two that cite each other rest on one another, and none on itself.

create or replace view citation_tree as
with cited as (
    select
        documents.document_id as citing_document_id,
        citations.cited_doc_no,
        -- A text names a document with its title once, and by its number alone from then on.
        max(citations.cited_title) as cited_title,
        citations.cited_document_id
    from citations
    inner join documents on citations.notice_id = documents.best_notice_id
    where citations.cited_document_id is distinct from documents.document_id
    group by documents.document_id, citations.cited_doc_no, citations.cited_document_id
),

chain as (
    select
        one.citing_document_id as root_document_id,
        1 as depth,
        [one.cited_doc_no] as chain,
        one.cited_doc_no,
        one.cited_title,
        one.cited_document_id
    from cited as one

    union all

    select
        one.citing_document_id as root_document_id,
        2 as depth,
        [one.cited_doc_no, two.cited_doc_no] as chain,
        two.cited_doc_no,
        two.cited_title,
        two.cited_document_id
    from cited as one
    inner join cited as two on one.cited_document_id = two.citing_document_id
    where two.cited_document_id is distinct from one.citing_document_id

    union all

    select
        one.citing_document_id as root_document_id,
        3 as depth,
        [one.cited_doc_no, two.cited_doc_no, three.cited_doc_no] as chain,
        three.cited_doc_no,
        three.cited_title,
        three.cited_document_id
    from cited as one
    inner join cited as two on one.cited_document_id = two.citing_document_id
    inner join cited as three on two.cited_document_id = three.citing_document_id
    where two.cited_document_id is distinct from one.citing_document_id
        and three.cited_document_id is distinct from one.citing_document_id
        and three.cited_document_id is distinct from two.citing_document_id
)

select
    chain.root_document_id,
    root.title as root_title,
    root.doc_no as root_doc_no,
    root.region as root_region,
    chain.depth,
    chain.chain,
    chain.cited_doc_no,
    coalesce(found.title, nullif(chain.cited_title, '')) as cited_title,
    chain.cited_document_id,
    found.region as cited_region,
    found.level as cited_level
from chain
inner join documents as root on chain.root_document_id = root.document_id
left join documents as found on chain.cited_document_id = found.document_id;

comment on view citation_tree is '引用链：一行是从一份文件出发的一条引用链，至多三层';
comment on column citation_tree.root_document_id is '出发的文件，关联 documents';
comment on column citation_tree.root_title is '出发文件的标题';
comment on column citation_tree.root_doc_no is '出发文件的发文字号';
comment on column citation_tree.root_region is '出发文件的地区';
comment on column citation_tree.depth is '层数：1 直接引用，2、3 经由被引文件再引用';
comment on column citation_tree.chain is '引用链上的发文字号，列表，由近到远';
comment on column citation_tree.cited_doc_no is '被引文件的发文字号';
comment on column citation_tree.cited_title is '被引文件的标题；本库尚无则取引用处所写，未写则为空';
comment on column citation_tree.cited_document_id is '被引文件，关联 documents；本库尚无则为空';
comment on column citation_tree.cited_region is '被引文件的地区；本库尚无则为空';
comment on column citation_tree.cited_level is '被引文件的级别；本库尚无则为空';
