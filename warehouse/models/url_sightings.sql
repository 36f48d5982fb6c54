-- url_sightings: when a page was last seen in its place.
--
-- grain    one row a page
-- reads    staged events `seen`
-- written  for the pages that a batch saw, at each load
--
-- Kept apart from notices because a batch that saw a page may be loaded before the one that brought it.

create table if not exists url_sightings (
    page_id varchar,
    last_seen_at timestamptz
);

comment on table url_sightings is '网页最近一次见于原处：一行一个网页';
comment on column url_sightings.page_id is '网页标识，同 notices.page_id';
comment on column url_sightings.last_seen_at is '最近一次见到的时刻，含时区';
