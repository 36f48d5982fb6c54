-- claim: 每份通知在变更记录中恰有一次新增
-- severity: error
-- reason: 周报由变更记录生成，重复或缺失会使新通知被多报或漏报
select
    notices.notice_id,
    count(change_log.change_id) as added_count
from notices
left join change_log
    on notices.notice_id = change_log.notice_id
    and change_log.entity = 'notice'
    and change_log.change = 'added'
group by notices.notice_id
having count(change_log.change_id) <> 1;
