-- search_notices_exact, search_tasks: every notice or task that holds all the words, by plain comparison.
--
-- grain    one row a notice, one row a task
-- reads    notices, tasks, current_notices
--
-- The truth that the ranked search is held to; it needs no index and sees the whole text. What is shown of a
-- row is fetched for the best rows only: a common word stands in most texts.

create or replace macro search_notices_exact(query, top := 50) as table
with found as (
    select
        notice_id,
        contains_all(title, words_of(query))::integer::double as score,
        coalesce(published_on, listed_on, written_on) as day
    from notices
    where removed_at is null
        and len(words_of(query)) > 0
        and (contains_all(text, words_of(query)) or contains_all(title, words_of(query)))
    order by score desc, day desc nulls last, notice_id
    limit top
)

select
    notices.notice_id,
    notices.title,
    notices.doc_no,
    notices.region,
    notices.published_on,
    found.score,
    coalesce(snippet_of(notices.text, words_of(query)[1]), snippet_of(notices.title, words_of(query)[1])) as snippet,
    notices.url
from notices
inner join found on notices.notice_id = found.notice_id
order by found.score desc, found.day desc nulls last, notices.notice_id;

create or replace macro search_tasks(query, top := 50) as table
with dated as (
    select
        notice_id,
        coalesce(published_on, written_on) as day
    from current_notices
),

in_title as materialized (
    select
        tasks.rowid as task_row,
        tasks.task_id,
        tasks.notice_id,
        1.0::double as score,
        dated.day
    from tasks
    inner join dated on tasks.notice_id = dated.notice_id
    where len(words_of(query)) > 0 and contains_all(tasks.title, words_of(query))
    order by dated.day desc nulls last, tasks.task_id
    limit top
),

-- No row when titles are enough: then the long texts are not looked at, and a search takes a fifth of the time.
wanting as (select found_count from (select count(*) as found_count from in_title) where found_count < top),

in_text as (
    select
        tasks.rowid as task_row,
        tasks.task_id,
        tasks.notice_id,
        0.0::double as score,
        dated.day
    from tasks
    inner join dated on tasks.notice_id = dated.notice_id
    cross join wanting
    where len(words_of(query)) > 0
        and contains_all(tasks.text, words_of(query))
        and not coalesce(contains_all(tasks.title, words_of(query)), false)
),

found as (
    select * from in_title
    union all
    select * from in_text
    order by score desc, day desc nulls last, task_id
    limit top
)

select
    tasks.task_id,
    tasks.title,
    tasks.due_on,
    tasks.lead_units,
    tasks.responsible_units,
    notices.region,
    notices.doc_no,
    found.score,
    coalesce(snippet_of(tasks.text, words_of(query)[1]), snippet_of(tasks.title, words_of(query)[1])) as snippet,
    notices.url
from tasks
inner join found on tasks.rowid = found.task_row
inner join notices on found.notice_id = notices.notice_id
order by found.score desc, found.day desc nulls last, tasks.task_id;

comment on macro table search_notices_exact is '全文检索：正文或标题含全部检索词的通知，标题含有者在前，新者在前；取前 top（50）条，再加条件时放大 top；列同 search_notices';
comment on macro table search_tasks is '任务检索：标题或任务全文含全部检索词的任务，标题含有者在前，新者在前；同一文件只计一次；取前 top（50）条，再加条件时放大 top；列：task_id、title、due_on、lead_units、responsible_units、region、doc_no、score、snippet 片段、url';
