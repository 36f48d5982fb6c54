-- claim: 任务数与文字长短相称：核心通知每万字至少一项，任何通知每 30 字至多一项
-- severity: warning
-- reason: 长文无任务多因提纲没有认出，任务过密多因表格或目录被当作任务；用 python -m transforms 读该文件对照；附件也可载任务，故计入其文字
with attached as (
    select
        notice_id,
        sum(len(text)) as text_length
    from attachments
    group by notice_id
),

measured as (
    select
        notices.notice_id,
        notices.portal_id,
        notices.url,
        notices.relevance,
        notices.task_count,
        notices.text_length,
        notices.text_length + coalesce(attached.text_length, 0) as whole_length
    from notices
    left join attached on notices.notice_id = attached.notice_id
    where notices.removed_at is null
)

select
    notice_id,
    portal_id,
    url,
    whole_length,
    task_count
from measured
where (relevance = 'core' and text_length > 10000 and task_count < text_length / 10000)
    or task_count > greatest(3, whole_length / 30);
