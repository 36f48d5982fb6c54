-- Rows of touched pages go: they are written anew from the pages' whole history.

create or replace temp table old_notice as
select
    notice_id,
    document_id
from notices
semi join touched using (page_id);

delete from notices where notice_id in (select notice_id from old_notice);
delete from notice_versions where notice_id in (select notice_id from old_notice);
delete from tasks where notice_id in (select notice_id from old_notice);
delete from task_units where notice_id in (select notice_id from old_notice);
delete from task_deadlines where notice_id in (select notice_id from old_notice);
delete from task_recurrences where notice_id in (select notice_id from old_notice);
delete from task_targets where notice_id in (select notice_id from old_notice);
delete from citations where notice_id in (select notice_id from old_notice);
delete from attachments where notice_id in (select notice_id from old_notice);
delete from contacts where notice_id in (select notice_id from old_notice);
delete from change_log where notice_id in (select notice_id from old_notice);
