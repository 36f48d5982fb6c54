-- Tasks of version `version_no` that were corrected: each takes the id of the task most like it.
--
-- Alike are texts that share half of their character pairs, or 3 in 10 when number and headings are the
-- same too: 60个工作日 corrected to 30个工作日 leaves most pairs; another task in its place shares few.
-- Only pairs that are each other's best count, so that no id is given twice; run until it finds no more.

create or replace temp table task_link as
with open_task as (
    select
        notice_id,
        task.seq as seq,
        [task.no] || task.path as place,
        bigrams_of(plain_text) as pairs
    from version_task
    where version_no = getvariable('version_no') and task_id is null
),

left_over as (
    select
        notice_id,
        task_id,
        task.seq as seq,
        [task.no] || task.path as place,
        bigrams_of(plain_text) as pairs
    from version_task
    where version_no = getvariable('version_no') - 1
        and notice_id in (select notice_id from open_task)
        and task_id not in (
            select task_id from version_task
            where version_no = getvariable('version_no') and task_id is not null
        )
),

scored as (
    select
        open_task.notice_id,
        open_task.seq,
        left_over.task_id,
        left_over.seq as old_seq,
        open_task.place = left_over.place as is_in_place,
        likeness_of(open_task.pairs, left_over.pairs) as likeness
    from open_task
    inner join left_over on open_task.notice_id = left_over.notice_id
),

ranked as (
    select
        *,
        row_number() over (partition by notice_id, seq order by likeness desc, is_in_place desc, old_seq) as rank,
        row_number() over (partition by task_id order by likeness desc, is_in_place desc, seq) as old_rank
    from scored
    where likeness >= 0.5 or (is_in_place and likeness >= 0.3)
)

select
    notice_id,
    seq,
    task_id
from ranked
where rank = 1 and old_rank = 1;

update version_task
set task_id = task_link.task_id
from task_link
where version_task.version_no = getvariable('version_no')
    and version_task.notice_id = task_link.notice_id
    and version_task.task.seq = task_link.seq;
