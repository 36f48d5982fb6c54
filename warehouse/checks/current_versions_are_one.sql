-- claim: 在架的通知恰有一个当前版本，已撤下的没有
-- severity: error
-- reason: 版本区间是历史查询的依据；不通过说明载入有缺陷
select
    notices.notice_id,
    notices.removed_at,
    count(notice_versions.notice_id) as open_versions
from notices
left join notice_versions
    on notices.notice_id = notice_versions.notice_id
    and notice_versions.valid_to is null
group by notices.notice_id, notices.removed_at
having count(notice_versions.notice_id) <> (notices.removed_at is null)::integer;
