-- claim: 近 30 天新通知不少于此前 90 天月均的四分之一，也不多于四倍
-- severity: warning
-- reason: 骤减多因漏读，骤增多因重复或改版；只看此前月均 8 份以上的门户，再少则起伏本属平常
with volume as (
    select
        portal_id,
        count(*) filter (where first_seen_at >= getvariable('today') - 30) as recent_count,
        count(*) filter (
            where first_seen_at < getvariable('today') - 30 and first_seen_at >= getvariable('today') - 120
        ) / 3.0 as usual_count
    from notices
    where not is_first_crawl
    group by portal_id
)

select
    portal_id,
    recent_count,
    round(usual_count, 1) as usual_count
from volume
where usual_count >= 8 and (recent_count < usual_count / 4 or recent_count > usual_count * 4);
