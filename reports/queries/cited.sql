-- Documents cited by the most documents, and how many of those are of the week.
select
    citations.cited_doc_no as doc_no,
    coalesce(max(cited.title), max(citations.cited_title)) as title, -- '' where a text gives the number alone
    max(cited.url) as url,
    count(distinct scoped_notices.document_id) filter (
        scoped_notices.reported_on between $monday and $sunday
    ) as week_count,
    count(distinct scoped_notices.document_id) as total_count
from citations
inner join scoped_notices using (notice_id)
left join documents on citations.cited_document_id = documents.document_id
left join notices as cited on documents.best_notice_id = cited.notice_id
where
    scoped_notices.relevance <> 'none'
    and scoped_notices.reported_on <= $sunday
    and citations.cited_doc_no is not null
group by citations.cited_doc_no
order by week_count desc, total_count desc, doc_no
limit 10;
