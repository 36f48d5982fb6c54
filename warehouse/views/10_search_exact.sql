-- search_notices_exact, search_tasks: every notice or task that holds all the words, by plain comparison.
--
-- grain    one row a notice, one row a task
-- reads    notices, tasks, documents
--
-- The truth that the ranked search is held to; it needs no index and sees the whole text.

create or replace macro search_notices_exact(query, top := 50) as table
select
    notice_id,
    title,
    doc_no,
    region,
    published_on,
    contains_all(title, words_of(query))::integer::double as score,
    coalesce(snippet_of(text, words_of(query)[1]), snippet_of(title, words_of(query)[1])) as snippet,
    url
from notices
where removed_at is null
    and len(words_of(query)) > 0
    and (contains_all(text, words_of(query)) or contains_all(title, words_of(query)))
order by score desc, coalesce(published_on, listed_on, written_on) desc nulls last, notice_id
limit top;

create or replace macro search_tasks(query, top := 50) as table
select
    tasks.task_id,
    tasks.title,
    tasks.due_on,
    tasks.lead_units,
    tasks.responsible_units,
    notices.region,
    notices.doc_no,
    contains_all(tasks.title, words_of(query))::integer::double as score,
    snippet_of(tasks.text, words_of(query)[1]) as snippet,
    notices.url
from tasks
inner join notices on tasks.notice_id = notices.notice_id
inner join documents on notices.notice_id = documents.best_notice_id
where notices.removed_at is null
    and len(words_of(query)) > 0
    and contains_all(tasks.text, words_of(query))
order by score desc, coalesce(notices.published_on, notices.written_on) desc nulls last, tasks.task_id
limit top;

comment on macro table search_notices_exact is '全文检索：正文或标题含全部检索词的通知，标题含有者在前，新者在前';
comment on macro table search_tasks is '任务检索：任务全文含全部检索词的任务，标题含有者在前，新者在前';
