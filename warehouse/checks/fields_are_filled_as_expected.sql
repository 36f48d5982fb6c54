-- claim: 各门户各字段的填充率不低于门户文件 [expect] filled 所写
-- severity: warning
-- reason: 填充率下降多因页面改版；看 portal_health 与该门户的 [page.fields]
with expected as (
    select
        portal_id,
        unnest(map_entries(expect_filled)) as entry
    from portals
    where expect_filled is not null
),

rate as (
    unpivot (
        select
            portal_id,
            avg((title <> '')::integer) as title,
            avg((text_length > 0)::integer) as text,
            avg((doc_no is not null)::integer) as doc_no,
            avg((index_no is not null)::integer) as index_no,
            avg((len(issuers) > 0)::integer) as issuers,
            avg((written_on is not null)::integer) as written_on,
            avg((published_on is not null)::integer) as published_on,
            avg((category is not null)::integer) as category,
            avg((validity is not null)::integer) as validity
        from notices
        where removed_at is null
        group by portal_id
    )
    on columns(* exclude (portal_id))
    into name field value filled
)

select
    expected.portal_id,
    expected.entry.key as field,
    expected.entry.value as expected_rate,
    round(rate.filled, 3) as found_rate
from expected
inner join rate on expected.portal_id = rate.portal_id and expected.entry.key = rate.field
where rate.filled < expected.entry.value - 0.0005;
