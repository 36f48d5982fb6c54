-- Versions of those notices from $first to $last that have had more than one.
select
    site_notices.place, notice_versions.version_no, notice_versions.change,
    cast(notice_versions.valid_from as date) as valid_on, notice_versions.text
from notice_versions
inner join site_notices on notice_versions.notice_id = site_notices.notice_id
where site_notices.place between $first and $last
qualify count(*) over (partition by notice_versions.notice_id) > 1
order by site_notices.place, notice_versions.version_no;
