-- Totals of units of a published file: counted once, and read by unit_workload from then on.

insert into unit_totals by name
select * from totals_of_units();

create or replace macro totals_of_units() as table
select * from unit_totals;

comment on macro table totals_of_units is '单位任务量的汇总，见 unit_totals';
