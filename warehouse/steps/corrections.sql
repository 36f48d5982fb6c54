-- Corrections by hand onto the touched notices and tasks, which were just written as read.
--
-- A correction holds while the text still says what it corrected (`old`), or says by now what it corrects
-- to (`new`); when the text says something else, the correction is stale: not applied, and reported.

create or replace temp table correction_now as
with value_found as (
    select
        notice_id,
        null::varchar as task_id,
        to_json({
            title: title, index_no: index_no, doc_no: doc_no, issuers: issuers, written_on: written_on,
            published_on: published_on, doc_type: doc_type, category: category, validity: validity,
            region: region, recipients: recipients, topics: topics, relevance: relevance
        }) as found
    from notices
    where notice_id in (select notice_id from corrections where task_id is null)

    union all by name

    select
        notice_id,
        task_id,
        to_json({
            no: no, title: title, kind: kind, due_on: due_on, lead_units: lead_units,
            responsible_units: responsible_units, support_units: support_units
        }) as found
    from tasks
    where task_id in (select task_id from corrections)
)

select
    corrections.correction_id,
    corrections.field,
    corrections.new_value,
    value_found.notice_id,
    value_found.task_id,
    json_extract(value_found.found, '$.' || corrections.field) as found_value,
    case
        when value_found.notice_id is null then 'missing'
        when json_extract(value_found.found, '$.' || corrections.field)::varchar in (corrections.old_value::varchar, corrections.new_value::varchar) then 'applied'
        else 'stale'
    end as status
from corrections
left join value_found
    on (corrections.task_id is null and corrections.notice_id = value_found.notice_id and value_found.task_id is null)
    or corrections.task_id = value_found.task_id
-- Untouched notices hold their corrections already: what is found there is no longer what was read.
where value_found.notice_id is null
    or value_found.notice_id in (select notice_id from notices semi join touched using (page_id));

update corrections
set found_value = correction_now.found_value, status = correction_now.status
from correction_now
where corrections.correction_id = correction_now.correction_id;

create or replace temp table notice_fix as
select
    notice_id,
    list_sort(list(field)) as fields,
    map_from_entries(list((field, new_value))) as fix
from correction_now
where status = 'applied' and task_id is null
group by notice_id;

update notices
set
    title = fixed_text(fix, 'title', title),
    index_no = fixed_text(fix, 'index_no', index_no),
    doc_no = fixed_text(fix, 'doc_no', doc_no),
    written_on = fixed_date(fix, 'written_on', written_on),
    published_on = fixed_date(fix, 'published_on', published_on),
    doc_type = fixed_text(fix, 'doc_type', doc_type),
    category = fixed_text(fix, 'category', category),
    validity = fixed_text(fix, 'validity', validity),
    region = fixed_text(fix, 'region', region),
    relevance = fixed_text(fix, 'relevance', relevance),
    issuers = fixed_list(fix, 'issuers', issuers),
    recipients = fixed_list(fix, 'recipients', recipients),
    topics = fixed_list(fix, 'topics', topics),
    corrected_fields = fields_fixed
from (select notice_id as fixed_id, fields as fields_fixed, fix from notice_fix) as fixes
where notices.notice_id = fixes.fixed_id;

-- What identifies the document may be what was corrected.
update notices
set
    document_key = document_key_of(issuers, doc_no, title, written_on::varchar),
    document_id = substr(sha256(coalesce(document_key_of(issuers, doc_no, title, written_on::varchar), notice_id)), 1, 16)
where notice_id in (
    select notice_id from notice_fix
    where list_has_any(fields, ['issuers', 'doc_no', 'title', 'written_on'])
);

update tasks
set document_id = notices.document_id
from notices
where tasks.notice_id = notices.notice_id and notices.notice_id in (select notice_id from notice_fix);

create or replace temp table task_fix as
select
    task_id,
    list_sort(list(field)) as fields,
    map_from_entries(list((field, new_value))) as fix
from correction_now
where status = 'applied' and task_id is not null
group by task_id;

update tasks
set
    no = fixed_text(fix, 'no', no),
    title = fixed_text(fix, 'title', title),
    kind = fixed_text(fix, 'kind', kind),
    due_on = fixed_date(fix, 'due_on', due_on),
    lead_units = fixed_list(fix, 'lead_units', lead_units),
    responsible_units = fixed_list(fix, 'responsible_units', responsible_units),
    support_units = fixed_list(fix, 'support_units', support_units),
    corrected_fields = fields_fixed
from (select task_id as fixed_id, fields as fields_fixed, fix from task_fix) as fixes
where tasks.task_id = fixes.fixed_id;

-- Units and deadlines of a corrected task are those of the correction.
create or replace temp table corrected_role as
select
    correction_now.task_id,
    correction_now.notice_id,
    replace(correction_now.field, '_units', '') as role,
    correction_now.new_value ->> '$[*]' as units
from correction_now
where correction_now.status = 'applied' and correction_now.field in ('lead_units', 'responsible_units', 'support_units');

delete from task_units
where exists (
    select 1 from corrected_role
    where corrected_role.task_id = task_units.task_id and corrected_role.role = task_units.role
);

insert into task_units by name
with entry as (
    select
        task_id,
        notice_id,
        role,
        unnest(units) as unit,
        generate_subscripts(units, 1) as ord
    from corrected_role
)

select
    *,
    unit as unit_norm,
    unit as quote,
    'correction' as rule
from entry;

delete from task_deadlines
where task_id in (select task_id from correction_now where status = 'applied' and field = 'due_on');

insert into task_deadlines by name
select
    task_id,
    notice_id,
    1 as ord,
    new_value ->> '$' as text,
    (new_value ->> '$')::date as due_on,
    'day' as "precision",
    new_value ->> '$' as quote,
    'correction' as rule
from correction_now
where status = 'applied' and field = 'due_on' and (new_value ->> '$') is not null;
