-- Alarms of an older file (registered as alerts_before), each once.

insert into alerts by name
select * from alerts_before
anti join alerts using (alert_id);
