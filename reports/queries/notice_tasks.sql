-- Tasks of the documents of $documents in the order of their weight.
select
    scoped_tasks.task_id, scoped_tasks.document_id, scoped_tasks.no, scoped_tasks.title, tasks.text, scoped_tasks.kind,
    scoped_tasks.lead_units, scoped_tasks.responsible_units, scoped_tasks.support_units, scoped_tasks.due_on,
    scoped_tasks.target_quotes
from scoped_tasks
inner join tasks on scoped_tasks.task_id = tasks.task_id
where list_contains($documents, scoped_tasks.document_id)
order by scoped_tasks.document_id, scoped_tasks.weight desc, scoped_tasks.due_on nulls last, scoped_tasks.seq;
