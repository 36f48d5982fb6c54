-- version_task: the tasks of every version of the touched notices, those of the first with their ids.
--
-- grain    one row a notice, version and seq
-- reads    version
-- used by  steps/task_links.sql, steps/notices.sql, steps/changes.sql
--
-- The id is made of the task's first 16 characters, which neither a shifted number nor another end
-- (say, an attribution read better) changes. Tasks that begin alike are told apart by their order.

create or replace temp table version_task as
with task as (
    select
        notice_id,
        version_no,
        is_newest,
        valid_from,
        quotes,
        unnest(notice.tasks) as task
    from version
)

select
    *,
    without_space(task.text) as plain_text,
    null::bigint as ord_of_text,
    null::varchar as fresh_id,
    null::varchar as task_id
from task;

-- Numbered beside the table and not in it: windows would sort the tasks with all that hangs on them.
create or replace temp table task_number as
with begun as (
    select
        rowid as task_row,
        notice_id,
        version_no,
        task.seq as seq,
        sha256(plain_text) as text_key,
        without_space(coalesce(nullif(task.starts, ''), left(task.text, 16))) as beginning
    from version_task
)

select
    task_row,
    row_number() over (partition by notice_id, version_no, text_key order by seq) as ord_of_text,
    notice_id || '-' || substr(sha256(concat_ws(
        '#',
        beginning,
        row_number() over (partition by notice_id, version_no, beginning order by seq),
        case when version_no > 1 then version_no end
    )), 1, 10) as fresh_id,
    version_no = 1 as is_first
from begun;

update version_task
set
    ord_of_text = task_number.ord_of_text,
    fresh_id = task_number.fresh_id,
    task_id = case when task_number.is_first then task_number.fresh_id end
from task_number
where version_task.rowid = task_number.task_row;
