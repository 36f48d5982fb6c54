-- claim: 任务数与正文长短相称：核心通知每万字至少一项，任何通知每 30 字至多一项
-- severity: warning
-- reason: 长文无任务多因提纲没有认出，任务过密多因表格或目录被当作任务；用 python -m transforms 读该文件对照
select
    notice_id,
    portal_id,
    url,
    len(text) as text_length,
    task_count
from notices
where removed_at is null
    and (
        (relevance = 'core' and len(text) > 10000 and task_count < len(text) / 10000)
        or task_count > greatest(3, len(text) / 30)
    );
