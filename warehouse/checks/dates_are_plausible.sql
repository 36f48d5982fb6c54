-- claim: 日期合理：不在 1949 年前，不在将来，发布不早于成文一年以上
-- severity: warning
-- reason: 日期读错会使周报与排序失真；看该门户的日期写法与 fields 一列；一年的余量是因为有的门户先公开征求意见稿
select
    notice_id,
    portal_id,
    url,
    written_on,
    published_on,
    listed_on
from notices
where least(written_on, published_on, listed_on) < date '1949-10-01'
    or greatest(written_on, published_on, listed_on) > getvariable('today') + 1
    or published_on < written_on - 365;
