-- The questions that SQLite can answer too, with the numbers of docs/sql-cookbook.md.

-- 1. new this week
select
    seen,
    region,
    title,
    doc_no
from notices
where seen >= '2023-02-27' and adcode like '61%'
order by seen, region;

-- 2. all tasks of a unit
select
    tasks.title,
    task_units.role,
    tasks.due_on
from task_units
inner join tasks using (task_id)
where task_units.unit_norm = '示范市第7局'
order by task_units.role, tasks.due_on;

-- 3. due next month
select
    task_deadlines.due_on,
    tasks.title
from task_deadlines
inner join tasks using (task_id)
where task_deadlines.due_on >= '2023-04-01' and task_deadlines.due_on < '2023-05-01'
order by task_deadlines.due_on, tasks.title;

-- 4. who leads most
select
    notices.region,
    task_units.unit_norm,
    count(distinct task_units.task_id) as lead_count
from task_units
inner join notices using (notice_id)
where task_units.role = 'lead'
group by notices.region, task_units.unit_norm
order by lead_count desc
limit 10;

-- 5. the same target compared
select
    notices.region,
    task_targets.number
from task_targets
inner join notices using (notice_id)
where task_targets.subject = '事项7' and notices.level = 'city'
order by task_targets.number, notices.region;

-- 9. who cites a document
select distinct
    notices.region,
    notices.title
from citations
inner join notices using (notice_id)
where citations.cited_doc_no = '示政发〔2020〕61000号';

-- 17. by place
select
    region,
    level,
    count(*) as document_count,
    sum(task_count) as task_count
from notices
group by region, level
order by region;

-- ranked search
select notice_id
from search
where search match '告知承诺 AND 营商环境'
order by bm25(search, 0, 2, 1)
limit 20;

-- exact search
select notice_id
from notices
where text like '%告知承诺电子证照%'
limit 50;

-- task search
select task_id
from tasks
where text like '%告知承诺电子证照%'
limit 50;
