-- likeness, without_place, rhythm_dates: what questions need and no column holds.

-- The share of passages that two texts have in common, from `notices.signature` or from `tasks.signature`:
-- both are checksums of passages, eight figures each.
create or replace macro likeness(one, other) as
    len(list_intersect(regexp_extract_all(one, '.{8}'), regexp_extract_all(other, '.{8}')))
    / greatest(1, least(len(one), len(other)) // 8);

-- 示范市财政局 in 示范市 is 财政局: comparable across places.
create or replace macro without_place(unit_norm, region) as
    case when starts_with(unit_norm, region) then substr(unit_norm, len(region) + 1) else unit_norm end;

create or replace macro part_of_rrule(rrule, part, otherwise) as
    string_split(coalesce(nullif(regexp_extract(rrule, '\b' || part || '=([-A-Z0-9,]+)', 1), ''), otherwise), ',');

-- Quarters and half-years are the calendar's: with INTERVAL=3 the months are March, June, September and
-- December. A rhythm that names no day falls on the last one of its period.
create or replace macro rhythm_dates(rrule, from_day, to_day) as
    list_filter(
        [moment::date for moment in generate_series(from_day::timestamp, to_day::timestamp, interval 1 day)],
        lambda day: case part_of_rrule(rrule, 'FREQ', '')[1]
            when 'DAILY' then true
            when 'WEEKLY'
                then list_contains(part_of_rrule(rrule, 'BYDAY', 'SU'), upper(strftime(day, '%a')[1:2]))
            when 'MONTHLY'
                then month(day) % part_of_rrule(rrule, 'INTERVAL', '1')[1]::integer = 0
                and list_has_any(
                    part_of_rrule(rrule, 'BYMONTHDAY', '-1'),
                    [day(day)::varchar, case when day = last_day(day) then '-1' end]
                )
            when 'YEARLY'
                then list_contains(part_of_rrule(rrule, 'BYMONTH', '12'), month(day)::varchar)
                and list_has_any(
                    part_of_rrule(rrule, 'BYMONTHDAY', '-1'),
                    [day(day)::varchar, case when day = last_day(day) then '-1' end]
                )
            else false
        end
    );

comment on macro likeness is '两个相似度签名（notices.signature 或 tasks.signature，须同一种）的相似度，0 到 1；0.5 以上多为沿用或重发';
comment on macro without_place is '单位统一名称去掉所冠地名，例：示范市财政局、示范市 → 财政局；跨地区比较用';
comment on macro part_of_rrule is '周期规则中一项的值，列表，例：BYMONTHDAY=15,-1 → 15、-1；没有该项则取 otherwise';
comment on macro rhythm_dates is '周期规则在 from_day 至 to_day 间的日期，DATE 列表；未写哪天的取期末：周日、月末、季末、年末';
