-- claim: 每个通知标识只有一行
-- severity: error
-- reason: 主键不靠数据库约束（大表上太慢），由本检查保证；不通过说明载入有缺陷，勿发布
select
    notice_id,
    count(*) as row_count
from notices
group by notice_id
having count(*) > 1;
