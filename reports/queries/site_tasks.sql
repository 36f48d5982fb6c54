-- Tasks of the notices from $first to $last.
select * from site_tasks where place between $first and $last order by place, seq;
