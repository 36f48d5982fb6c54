-- claim: 人工更正都对得上当前文本
-- severity: warning
-- reason: 更正之后原文变了，或通知不在库中；看一看，再改正或删去 corrections 中的那一条
select
    file,
    notice_id,
    task_id,
    field,
    status,
    found_value
from corrections
where status <> 'applied';
