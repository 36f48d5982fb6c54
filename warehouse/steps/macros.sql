-- Macros of the load: how keys and fingerprints are made, values corrected, contacts masked.

create or replace temp macro page_key_of(portal_id, url) as
    portal_id || '|' || regexp_replace(url, '^[A-Za-z][A-Za-z0-9+.-]*://', '');

create or replace temp macro page_id_of(portal_id, url) as
    substr(sha256(page_key_of(portal_id, url)), 1, 16);

create or replace temp macro notice_id_of(portal_id, url, part) as
    substr(sha256(page_key_of(portal_id, url) || '|' || part), 1, 16);

create or replace temp macro without_space(text) as
    regexp_replace(text, '[\s\x{3000}]+', '', 'g');

-- What makes a new version: text, names, numbers, dates, validity, files. Not the page's own bytes, whose
-- menus and counters change every day.
create or replace temp macro content_sha256_of(notice) as
    case
        when notice is not null
            then sha256(to_json({
                text: coalesce(nullif(notice.text_sha256, ''), sha256(notice.text)),
                title: notice.title,
                index_no: notice.index_no,
                doc_no: notice.doc_no,
                issuers: notice.issuers,
                written_on: notice.written_on,
                published_on: notice.published_on,
                validity: notice.validity,
                files: [{ name: file.name, sha256: file.sha256 } for file in notice.attachments]
            })::varchar)
    end;

-- Letters and figures alone, as `transforms.text.bare` leaves them; of NFKC the wide Latin ones.
create or replace temp macro bare_of(text) as
    regexp_replace(
        translate(
            text,
            '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
        ),
        '[^\pL\pN]+', '', 'g'
    );

-- A document is its issuer and number, else its title and date; without these each notice is one. The reader
-- makes the key (`transforms.identity.document_key`); where a correction changed a part of it, it is made here
-- alike.
create or replace temp macro document_key_of(issuers, doc_no, title, written_on) as
    case
        when doc_no is not null and doc_no <> ''
            then coalesce(bare_of(issuers[1]), '') || '|' || without_space(doc_no)
        when title <> '' and written_on <> ''
            then bare_of(title) || '|' || written_on
    end;

-- A field as its correction has it (JSON by name of field), else as it was read.
create or replace temp macro fixed_text(fix, field, value) as
    case when map_contains(fix, field) then fix[field] ->> '$' else value end;

create or replace temp macro fixed_date(fix, field, value) as
    case when map_contains(fix, field) then (fix[field] ->> '$')::date else value end;

create or replace temp macro fixed_list(fix, field, value) as
    case when map_contains(fix, field) then fix[field] ->> '$[*]' else value end;

-- Contacts are masked character by character, so that every offset still holds.
create or replace temp macro masked(text, quotes) as
    case
        when quotes is null or text is null then text
        else list_reduce(
            list_prepend(text, quotes), lambda rest, quote: replace(rest, quote, repeat('＊', len(quote)))
        )
    end;

create or replace temp macro bigrams_of(text) as
    list_distinct([substr(text, i, 2) for i in range(1, len(text))]);

create or replace temp macro likeness_of(one, other) as
    len(list_intersect(one, other)) / greatest(1, len(list_distinct(one || other)));
