-- Words and sentences of a warehouse as it would be after years, with about 20 tasks a notice, from a seed.
--
-- Shape as counted on the gold notices of the shared corpus: a task has 0.46 leading, 1.13 responsible units,
-- 0.36 deadlines, 0.08 rhythms, 0.11 targets; a notice cites one document and has some 3,000 characters.
-- Sentences are pieced together from two pools, so that they neither repeat nor cost minutes to make.

select setseed(getvariable('seed') / 1000.0);

create or replace temp table word as
select
    unnest(getvariable('words')) as w,
    generate_subscripts(getvariable('words'), 1) - 1 as i;

create or replace temp table piece as
with drawn as (
    select
        n // 25 as p,
        floor(power(random(), 2) * len(getvariable('words')))::integer as i
    from range(20000 * 25) t (n)
)

select
    p,
    string_agg(w, '' order by random()) as s
from drawn
inner join word using (i)
group by p
order by p;
