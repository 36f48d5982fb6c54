-- search_notices: notices that hold the words in title or opening, the best first (BM25 over character pairs).
--
-- grain    one row a notice
-- reads    search_pairs, search_documents, notices
--
-- Pairs need no dictionary of words, so 告知承诺 is found however a segmenter would cut it. A word's pairs
-- may stand apart in a text, so the best candidates are held against the text itself. Words of one
-- character, and files without an index, are searched in the whole text instead.

create or replace macro pairs_of(body) as
    [
        unicode(two[1])::bigint * 2097152 + unicode(two[2])
        for two in list_zip(string_split(body, ''), string_split(body, '')[2:], true)
    ];

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
        search_pairs.pair,
        search_pairs.doc,
        search_pairs.times,
        count(*) over (partition by search_pairs.pair) as docs_with_pair
    from search_pairs
    where search_pairs.pair in (select pair from wanted)
),

ranked as (
    select
        search_documents.notice_id,
        sum(
            ln(1 + (collection.doc_count - docs_with_pair + 0.5) / (docs_with_pair + 0.5))
            * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * search_documents.length / collection.mean_length))
        ) as score
    from posting
    inner join search_documents on posting.doc = search_documents.doc
    cross join collection
    group by search_documents.notice_id
    having count(*) = (select count(*) from wanted)
    order by score desc, search_documents.notice_id
    limit greatest(1000, 10 * top)
),

found as (
    select
        notices.notice_id,
        ranked.score
    from ranked
    inner join notices on ranked.notice_id = notices.notice_id
    where contains_all(concat_ws(chr(10), notices.title, notices.text), words_of(query))

    union all

    select
        exact.notice_id,
        exact.score
    from search_notices_exact(
        case
            when (select count(*) from search_documents) = 0
                or list_min([len(word) for word in words_of(query)]) = 1
                then query
            else ''
        end,
        top := top
    ) as exact
)

select
    notices.notice_id,
    notices.title,
    notices.doc_no,
    notices.region,
    notices.published_on,
    round(found.score, 3) as score,
    coalesce(
        snippet_of(notices.text, words_of(query)[1]), snippet_of(notices.title, words_of(query)[1])
    ) as snippet,
    notices.url
from found
inner join notices on found.notice_id = notices.notice_id
order by found.score desc, coalesce(notices.published_on, notices.written_on) desc nulls last, notices.notice_id
limit top;

comment on macro pairs_of is '文字的相邻字符对的编号，见 search_pairs.pair';
comment on macro table search_notices is '排序检索：标题或正文开头含全部检索词的通知，按 BM25 得分排序';
