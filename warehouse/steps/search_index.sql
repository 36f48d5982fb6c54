-- The index of search_notices: pairs of characters in title (twice, so that it weighs more) and opening.
--
-- A text's first 400 characters say what it is about; further on, search_notices_exact sees all.

insert into search_documents by name
select
    row_number() over (order by notice_id) as doc,
    notice_id,
    greatest(0, 2 * len(title) + least(400, len(text)) - 1) as length,
    concat_ws(chr(10), title, left(text, 400)) as opening
from notices
where removed_at is null;

insert into search_pairs
with entry as (
    select
        search_documents.doc,
        unnest(pairs_of(notices.title) || pairs_of(search_documents.opening)) as pair
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
