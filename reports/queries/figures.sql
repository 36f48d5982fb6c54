-- The headline figures of the week from $monday to $sunday, read on $as_of; one row.
with published as (
    select * from scoped_notices where reported_on between $monday and $sunday
),

logged as (
    select distinct change_log.notice_id, change_log.change
    from change_log
    inner join scoped_notices using (notice_id)
    where
        change_log.entity = 'notice'
        and cast(change_log.happened_at as date) between $monday and $sunday
        and scoped_notices.relevance <> 'none'
),

due as (
    select distinct scoped_tasks.task_id, task_deadlines.due_on
    from scoped_tasks
    inner join task_deadlines using (task_id)
    where scoped_tasks.is_in_force and scoped_tasks.reported_on <= $as_of
)

select
    (select count(distinct document_id) from published where relevance = 'core') as core_documents,
    (
        select count(distinct document_id) from published
        where
            relevance = 'wide'
            and document_id not in (select document_id from published where relevance = 'core')
    ) as wide_documents,
    (
        select count(*) from scoped_tasks
        where document_id in (select document_id from published where relevance <> 'none')
    ) as tasks,
    (select count(distinct notice_id) from logged where change = 'changed') as changed,
    (select count(distinct notice_id) from logged where change = 'withdrawn') as withdrawn,
    (select count(distinct task_id) from due where due_on between $as_of and $as_of + 7) as due_7,
    (select count(distinct task_id) from due where due_on between $as_of and $as_of + 30) as due_30,
    (select count(distinct task_id) from due where due_on between $as_of and $as_of + 90) as due_90,
    (select count(distinct task_id) from due where due_on between $as_of - 30 and $as_of - 1) as past_30;
