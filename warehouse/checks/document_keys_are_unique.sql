-- claim: 每个文件标识只有一行，每次变更只有一行，每个批次只有一行
-- severity: error
-- reason: 主键不靠数据库约束，由本检查保证；不通过说明载入有缺陷
select
    'documents' as table_name,
    document_id as key
from documents
group by document_id
having count(*) > 1

union all

select
    'change_log' as table_name,
    change_id as key
from change_log
group by change_id
having count(*) > 1

union all

select
    'loaded_batches' as table_name,
    batch_id as key
from loaded_batches
group by batch_id
having count(*) > 1;
