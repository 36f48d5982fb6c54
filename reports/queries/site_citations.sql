-- Citations of and by the notices from $first to $last; `other_id` is the other notice where the explorer has it.
with best as (
    select document_id, arg_min(notice_id, (not is_best_copy, place)) as notice_id from site_notices group by document_id
)

select
    site_notices.place, 'cites' as direction, citations.cited_doc_no as doc_no,
    coalesce(max(cited.title), max(citations.cited_title)) as title, max(cited.notice_id) as other_id
from citations
inner join site_notices on citations.notice_id = site_notices.notice_id
left join best on citations.cited_document_id = best.document_id
left join site_notices as cited on best.notice_id = cited.notice_id
where site_notices.place between $first and $last
group by site_notices.place, citations.cited_doc_no
union all
select distinct site_notices.place, 'cited_by', citing.doc_no, citing.title, citing.notice_id
from citations
inner join site_notices as citing on citations.notice_id = citing.notice_id
inner join site_notices on citations.cited_document_id = site_notices.document_id
where site_notices.place between $first and $last and citing.document_id <> site_notices.document_id
order by all;
