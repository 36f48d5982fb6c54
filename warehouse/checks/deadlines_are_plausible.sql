-- claim: 任务时限合理：不早于成文五年以上，不晚于成文三十年以上
-- severity: warning
-- reason: 远早于成文的多是其他文件的日期，远晚于成文的多是读错的数字；看 task_deadlines.rule
select
    task_deadlines.task_id,
    task_deadlines.due_on,
    task_deadlines.text,
    task_deadlines.rule,
    notices.written_on
from task_deadlines
inner join notices on task_deadlines.notice_id = notices.notice_id
where task_deadlines.due_on < coalesce(notices.written_on, notices.published_on) - 5 * 365
    or task_deadlines.due_on > coalesce(notices.written_on, notices.published_on) + 30 * 366;
