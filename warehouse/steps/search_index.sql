-- The index of search_notices: pairs of characters in title (twice, so that it weighs more) and opening.
--
-- A text's first 400 characters say what it is about; further on, search_notices_exact sees all.

insert into search_documents
with entry as (
    select
        notice_id,
        concat_ws(chr(10), title, title, left(text, 400)) as body
    from notices
    where removed_at is null
)

select
    row_number() over (order by notice_id) as doc,
    notice_id,
    greatest(0, len(body) - 1) as length
from entry;

insert into search_pairs
with entry as (
    select
        search_documents.doc,
        unnest(pairs_of(concat_ws(chr(10), notices.title, notices.title, left(notices.text, 400)))) as pair
    from search_documents
    inner join notices on search_documents.notice_id = notices.notice_id
)

select
    pair,
    doc,
    least(count(*), 255) as times
from entry
group by pair, doc
order by pair, doc;
