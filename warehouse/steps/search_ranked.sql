-- search_notices of a published file: notices that hold the words in title or opening, the best first.
--
-- grain    one row a notice
-- reads    search_pairs, search_documents, notices
--
-- BM25 over pairs of characters. A word's pairs may stand apart in a text, so the best candidates are held
-- against the opening itself: whatever is found here, search_notices_exact finds too.

create or replace macro search_notices(query, top := 20) as table
with wanted as (
    select distinct unnest(flatten([pairs_of(word) for word in words_of(query)])) as pair
),

collection as (
    select
        count(*) as doc_count,
        avg(length) as mean_length
    from search_documents
),

posting as (
    select
        pair,
        doc,
        times,
        count(*) over (partition by pair) as docs_with_pair
    from search_pairs
    where pair in (select pair from wanted)
),

ranked as (
    select
        search_documents.doc,
        sum(
            ln(1 + (collection.doc_count - docs_with_pair + 0.5) / (docs_with_pair + 0.5))
            * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * search_documents.length / collection.mean_length))
        ) as score
    from posting
    inner join search_documents on posting.doc = search_documents.doc
    cross join collection
    group by search_documents.doc
    having count(*) = (select count(*) from wanted)
    order by score desc, search_documents.doc
    limit greatest(1000, 10 * top)
),

found as (
    select
        search_documents.notice_id,
        search_documents.opening,
        ranked.score
    from ranked
    inner join search_documents on ranked.doc = search_documents.doc
    where contains_all(search_documents.opening, words_of(query))
    order by ranked.score desc, search_documents.notice_id
    limit top
)

select
    notices.notice_id,
    notices.title,
    notices.doc_no,
    notices.region,
    notices.published_on,
    round(found.score, 3) as score,
    coalesce(
        snippet_of(substr(found.opening, len(notices.title) + 2), words_of(query)[1]),
        snippet_of(notices.title, words_of(query)[1])
    ) as snippet,
    notices.url
from found
inner join notices on found.notice_id = notices.notice_id
order by found.score desc, notices.published_on desc nulls last, notices.notice_id;

comment on macro table search_notices is '排序检索：标题或正文开头 400 字含全部检索词的通知，按 BM25 得分排序；词须两字以上，单字请用 search_notices_exact';
