-- claim: 标明已遮盖的库中，联系人所在位置只见遮盖符
-- severity: error
-- reason: 联系人的姓名、电话、邮箱不公开；不通过说明遮盖有缺陷，勿发布
select
    contacts.notice_id,
    contacts.version_no,
    contacts.kind,
    contacts.start
from contacts
inner join notice_versions
    on contacts.notice_id = notice_versions.notice_id
    and contacts.version_no = notice_versions.version_no
where (select is_masked from warehouse_info)
    and (
        replace(contacts.quote, '＊', '') <> ''
        or (
            contacts.read_from = 'body'
            and len(contacts.quote) > 1
            and replace(
                substr(notice_versions.text, contacts.start + 1, contacts."end" - contacts.start), '＊', ''
            ) <> ''
        )
    );
