-- Tasks of the documents of $documents in the order of their weight.
select
    task_id, document_id, no, title, text, kind, lead_units, responsible_units, support_units, due_on, target_quotes
from scoped_tasks
where list_contains($documents, document_id)
order by document_id, weight desc, due_on nulls last, seq;
