-- The pages and batches of a group of files, before any file is read.

create or replace temp table touched (page_id varchar);
set variable batch_ids = []::varchar [];
