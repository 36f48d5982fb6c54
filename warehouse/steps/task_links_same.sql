-- Tasks of version `version_no` that stand word for word in the version before keep their id.

update version_task
set task_id = earlier.task_id
from version_task as earlier
where version_task.version_no = getvariable('version_no')
    and earlier.version_no = getvariable('version_no') - 1
    and earlier.notice_id = version_task.notice_id
    and earlier.plain_text = version_task.plain_text
    and earlier.ord_of_text = version_task.ord_of_text;
