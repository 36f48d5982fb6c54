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
),

counted as (
    select
        *,
        without_space(coalesce(nullif(task.starts, ''), left(task.text, 16))) as beginning,
        without_space(task.text) as plain_text
    from task
),

numbered as (
    select
        *,
        row_number() over (partition by notice_id, version_no, beginning order by task.seq) as ord_of_beginning,
        row_number() over (partition by notice_id, version_no, plain_text order by task.seq) as ord_of_text
    from counted
)

select
    *,
    notice_id || '-' || substr(
        sha256(concat_ws('#', beginning, ord_of_beginning, case when version_no > 1 then version_no end)), 1, 10
    ) as fresh_id,
    case when version_no = 1 then fresh_id end as task_id
from numbered;
