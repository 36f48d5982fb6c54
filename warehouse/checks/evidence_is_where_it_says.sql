-- claim: 最近一次载入的任务，其原文确在正文所记的位置
-- severity: warning
-- reason: 位置错了，报告中的引文与标亮就错；只查最近一次载入，费用随新增而定
select
    tasks.task_id,
    tasks.start,
    tasks."end",
    tasks.rule
from tasks
inner join notices on tasks.notice_id = notices.notice_id
inner join loaded_batches on notices.batch_id = loaded_batches.batch_id
where loaded_batches.loaded_at = (select max(loaded_at) from loaded_batches)
    and tasks.read_from = 'body'
    and substr(notices.text, tasks.start + 1, tasks."end" - tasks.start) <> tasks.quote;
