-- search_pairs: which notices hold a pair of neighbouring characters in title or opening.
--
-- grain    one row a pair and notice, in the order of pairs: a search then reads a few blocks only
-- reads    notices
-- written  at publication; empty in the working file

create table if not exists search_pairs (
    pair bigint,
    doc integer,
    times utinyint
);

comment on table search_pairs is '排序检索的索引：一行是一份通知中的一个相邻字符对；工作库中为空';
comment on column search_pairs.pair is '字符对的编号：前字的码位 × 2097152 + 后字的码位';
comment on column search_pairs.doc is '检索序号，关联 search_documents';
comment on column search_pairs.times is '出现次数，单位：次，至多 255';
