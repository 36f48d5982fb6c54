-- claim: 没有门户无声超过门户文件 [expect] silent_days 所写
-- severity: warning
-- reason: 长久没有新通知多因列表改址；在浏览器中看该门户，再运行 python -m crawlers check
select
    portal_id,
    silent_days,
    expect_silent_days,
    newest_on
from portal_health
where is_silent;
