-- Tasks of version `version_no` that resemble none of the version before are new.

update version_task
set task_id = fresh_id
where version_no = getvariable('version_no') and task_id is null;
