-- search_notices: as search_notices_exact, until a publication gives the file an index (steps/search_ranked.sql).
--
-- grain    one row a notice
-- reads    notices

create or replace macro search_notices(query, top := 20) as table
select exact.*
from search_notices_exact(query, top := top) as exact;

-- Numbers of the pairs of neighbouring characters: pairs need no dictionary of words, so 告知承诺 is found
-- however a segmenter would cut it.
create or replace macro pairs_of(body) as
    [
        unicode(two[1])::bigint * 2097152 + unicode(two[2])
        for two in list_zip(string_split(body, ''), string_split(body, '')[2:], true)
    ];

comment on macro pairs_of is '文字的相邻字符对的编号，见 search_pairs.pair';
comment on macro table search_notices is '排序检索：标题或正文开头 400 字含全部检索词的通知，按 BM25 得分排序；词须两字以上，单字请用 search_notices_exact；转载各占一行；取前 top（20）条，再加条件时放大 top；列：notice_id、title、doc_no、region、published_on、score 得分、snippet 片段、url';
