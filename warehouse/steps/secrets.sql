-- secret: what the loaded readings name as contacts, as printed, each once.
--
-- grain    one row a spelling
-- reads    the staged files in `staged_paths`
-- used by  warehouse/leaks.py
--
-- Never a table of the warehouse: it would be published. Numbers of fewer than 7 figures are public hotlines.

with contact as (
    select unnest(notice.contacts) as entry
    from read_parquet(getvariable('staged_paths'))
    where event = 'notice'
),

spelling as (
    select
        entry.kind,
        unnest([entry.quote, regexp_replace(entry.quote, '[\s\x{3000}]+', '', 'g')]) as quote
    from contact
)

select distinct
    kind,
    quote
from spelling
where kind = 'mail'
    or (kind = 'phone' and len(regexp_replace(quote, '[^0-9]', '', 'g')) >= 7)
    or (kind = 'name' and len(quote) >= 2)
order by quote;
