-- The documents of touched notices, before and now, and the citations that lead to them.

create or replace temp table touched_document as
select document_id from old_notice
union
select document_id from notices semi join touched using (page_id);

create or replace temp table touched_doc_no as
select doc_no from documents semi join touched_document using (document_id)
union
select doc_no from notices semi join touched_document using (document_id)
union
select cited_doc_no from citations where notice_id in (select notice_id from notices semi join touched using (page_id));

delete from documents where document_id in (select document_id from touched_document);

insert into documents by name
with copy as (
    select
        *,
        row_number() over (partition by document_id order by first_seen_at, notice_id) as age_rank,
        row_number() over (
            partition by document_id
            order by removed_at is not null, text_length desc, first_seen_at, notice_id
        ) as rank
    from notices
    semi join touched_document using (document_id)
)

select
    document_id,
    max(notice_id) filter (where age_rank = 1) as first_notice_id,
    max(notice_id) filter (where rank = 1) as best_notice_id,
    max(title) filter (where rank = 1) as title,
    max(doc_no) filter (where rank = 1) as doc_no,
    max(issuers) filter (where rank = 1) as issuers,
    max(written_on) filter (where rank = 1) as written_on,
    min(published_on) as published_on,
    max(region) filter (where rank = 1) as region,
    max(level) filter (where rank = 1) as level,
    max(relevance) filter (where rank = 1) as relevance,
    count(*) as copy_count,
    count(*) filter (where removed_at is null) as live_copy_count,
    list_sort(list(distinct portal_id)) as portal_ids,
    max(task_count) filter (where rank = 1) as task_count,
    min(first_seen_at) as first_seen_at
from copy
group by document_id
order by document_id;

-- Several documents may bear one number (a reader's slip, a re-used number): the one most often published.
update citations
set cited_document_id = found.document_id
from (
    select
        touched_doc_no.doc_no,
        arg_min(documents.document_id, (-documents.copy_count, documents.document_id)) as document_id
    from touched_doc_no
    left join documents on touched_doc_no.doc_no = documents.doc_no
    group by touched_doc_no.doc_no
) as found
where citations.cited_doc_no = found.doc_no
    and citations.cited_document_id is distinct from found.document_id;
