-- claim: 任务、版本、单位、时限、周期、指标、引用、附件都属于库中有的通知与任务，通知都有文件
-- severity: error
-- reason: 断了的关联会使统计漏数；不通过说明载入有缺陷
select
    'tasks' as table_name,
    task_id as key
from tasks
anti join notices using (notice_id)

union all

select
    'notices' as table_name,
    notice_id as key
from notices
anti join documents using (document_id)

union all

select
    'documents' as table_name,
    document_id as key
from documents
where best_notice_id not in (select notice_id from notices)

union all

select
    'notice_versions' as table_name,
    notice_id as key
from notice_versions
anti join notices using (notice_id)

union all

select
    'task_units' as table_name,
    task_id as key
from task_units
anti join tasks using (task_id)

union all

select
    'task_deadlines' as table_name,
    task_id as key
from task_deadlines
anti join tasks using (task_id)

union all

select
    'task_recurrences' as table_name,
    task_id as key
from task_recurrences
anti join tasks using (task_id)

union all

select
    'task_targets' as table_name,
    task_id as key
from task_targets
anti join tasks using (task_id)

union all

select
    'citations' as table_name,
    notice_id as key
from citations
anti join notices using (notice_id)

union all

select
    'attachments' as table_name,
    notice_id as key
from attachments
anti join notices using (notice_id)

union all

select
    'portals' as table_name,
    portal_id as key
from notices
anti join portals using (portal_id);
