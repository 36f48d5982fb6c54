-- page_batches: which batches hold a reading or a removal of a page.
--
-- grain    one row a page and batch
-- reads    staged events `notice` and `removed`
-- written  by batch, at each load
--
-- With it a load finds the staged files that it must read again when the history of a page changes.

create table if not exists page_batches (
    page_id varchar,
    batch_id varchar
);

comment on table page_batches is '网页出现在哪些批次：一行是一个网页的一个批次，供载入时查找历史';
comment on column page_batches.page_id is '网页标识，同 notices.page_id';
comment on column page_batches.batch_id is '批次，关联 loaded_batches';
