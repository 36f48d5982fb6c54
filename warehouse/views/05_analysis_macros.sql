-- likeness, without_place, dated_rrule, rhythm_dates: what questions need and no column holds.

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

-- The one place that says on which day a rhythm falls that names none (按季度通报, 周例会): the last of its period,
-- as any date without a day is read. RFC 5545 would take the weekday or day of DTSTART, and a notice has none.
create or replace macro dated_rrule(rrule) as
    rrule || case
        when regexp_matches(rrule, '\bBY(DAY|MONTHDAY)=') then ''
        when regexp_matches(rrule, '\bFREQ=WEEKLY\b') then ';BYDAY=SU'
        when regexp_matches(rrule, '\bFREQ=MONTHLY\b') then ';BYMONTHDAY=-1'
        when regexp_matches(rrule, '\bFREQ=YEARLY;.*\bBYMONTH=') then ';BYMONTHDAY=-1'
        when regexp_matches(rrule, '\bFREQ=YEARLY\b') then ';BYMONTH=12;BYMONTHDAY=-1'
        else ''
    end;

-- Days, weeks, months and years are counted from the beginning of the calendar's day, week and year in which
-- from_day lies, and the last of each INTERVAL counts: with INTERVAL=3 the months are March, June, September and
-- December. The rule is taken apart once and not for each day: that is what the list of one rule is for.
create or replace macro rhythm_dates(rrule, from_day, to_day) as
    list_transform(
        [
            {
                'freq': part_of_rrule(rrule, 'FREQ', '')[1],
                'every': part_of_rrule(rrule, 'INTERVAL', '1')[1]::integer,
                'months': part_of_rrule(dated_rrule(rrule), 'BYMONTH', ''),
                'days': part_of_rrule(dated_rrule(rrule), 'BYMONTHDAY', ''),
                'weekdays': part_of_rrule(dated_rrule(rrule), 'BYDAY', '')
            }
        ],
        lambda rule: list_filter(
            [moment::date for moment in generate_series(from_day::timestamp, to_day::timestamp, interval 1 day)],
            lambda day: case rule.freq
                when 'DAILY' then datediff('day', from_day::date, day) + 1
                when 'WEEKLY' then datediff('week', from_day::date, day) + 1
                when 'MONTHLY' then 12 * datediff('year', from_day::date, day) + month(day)
                when 'YEARLY' then datediff('year', from_day::date, day) + 1
            end % rule.every = 0
            and case rule.freq
                when 'DAILY' then true
                when 'WEEKLY' then list_contains(rule.weekdays, upper(strftime(day, '%a')[1:2]))
                else (rule.months = [''] or list_contains(rule.months, month(day)::varchar))
                    and list_has_any(rule.days, [day(day)::varchar, case when day = last_day(day) then '-1' end])
            end
        )
    )[1];

comment on macro likeness is '两个相似度签名（notices.signature 或 tasks.signature，须同一种）的相似度，0 到 1；0.5 以上多为沿用或重发';
comment on macro without_place is '单位统一名称去掉所冠地名，例：示范市财政局、示范市 → 财政局；跨地区比较用';
comment on macro part_of_rrule is '周期规则中一项的值，列表，例：BYMONTHDAY=15,-1 → 15、-1；没有该项则取 otherwise';
comment on macro dated_rrule is '周期规则，未写哪天的补上期末：周日、月末、季末、年末；例：FREQ=WEEKLY → FREQ=WEEKLY;BYDAY=SU';
comment on macro rhythm_dates is '周期规则在 from_day 至 to_day 间的日期，DATE 列表；未写哪天的取期末（见 dated_rrule）';
