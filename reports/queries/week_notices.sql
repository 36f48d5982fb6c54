-- Publications of the week, and those of $late (found after their own week was reported); core first, then by level.
select
    notice_id, document_id, portal_id, portal_name, url, title, doc_no, issuers, written_on, published_on, reported_on,
    document_on, doc_type, region, level, topics, relevance, task_count, is_best_copy,
    removed_at is not null as is_withdrawn,
    list_contains($late, notice_id) as is_late
from scoped_notices
where reported_on between $monday and $sunday or list_contains($late, notice_id)
order by
    relevance = 'none', relevance = 'wide',
    list_position(['national', 'province', 'city', 'county'], level),
    region, reported_on, title, not is_best_copy, notice_id;
