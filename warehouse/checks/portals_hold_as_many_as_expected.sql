-- claim: 各门户在架的通知数在门户文件 [expect] notices 的上下限之内
-- severity: warning
-- reason: 太少多因列表漏读，太多多因翻页失控或网址不稳；看 portal_runs 与该门户的 [list]
select
    portals.portal_id,
    count(notices.notice_id) as notice_count,
    portals.expect_notices_min,
    portals.expect_notices_max
from portals
left join notices on portals.portal_id = notices.portal_id and notices.removed_at is null
where portals.run_count > 0
group by portals.portal_id, portals.expect_notices_min, portals.expect_notices_max
having count(notices.notice_id) < portals.expect_notices_min or count(notices.notice_id) > portals.expect_notices_max;
