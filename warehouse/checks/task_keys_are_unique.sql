-- claim: 每个任务标识只有一行，任务在通知中的次序也只有一行
-- severity: error
-- reason: 主键不靠数据库约束，由本检查保证；不通过说明载入或读取有缺陷
select
    task_id as key,
    count(*) as row_count
from tasks
group by task_id
having count(*) > 1

union all

select
    notice_id || '#' || seq as key,
    count(*) as row_count
from tasks
group by notice_id, seq
having count(*) > 1;
