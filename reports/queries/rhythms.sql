-- Rhythms of tasks in force, each with its dates from the day of its notice until it ends: on the day that its
-- validity prints, else with its notice's year. Those that ended before $last_end are over.
with rhythms as (
    select task_id, rrule, arg_min(quote, ord) as quote from task_recurrences group by task_id, rrule
),

lasting as (
    select
        sourced_tasks.*,
        rhythms.rrule,
        rhythms.quote,
        coalesce(
            try_cast(
                regexp_replace(
                    regexp_extract(
                        scoped_notices.validity, '(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}'
                    ),
                    '[^\d]+', '-', 'g'
                ) as date
            ),
            make_date(year(sourced_tasks.reported_on), 12, 31)
        ) as ends_on
    from sourced_tasks
    inner join rhythms using (task_id)
    inner join scoped_notices using (notice_id)
)

select *, dated_rrule(rrule) as dated_rrule, rhythm_dates(rrule, reported_on, ends_on) as dates
from lasting
where ends_on >= $last_end
order by relevance, region, task_id, rrule;
