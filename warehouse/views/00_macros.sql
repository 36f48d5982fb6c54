-- Macros that views and analysts share.

-- The day that due dates and silences are counted from: today, or `set variable today = date '2023-05-01'`.
create or replace macro the_day() as coalesce(getvariable('today')::date, current_date);

-- A short passage of a text around the first place of a word, the word between 【】.
create or replace macro snippet_of(body, word) as
    case
        when contains(body, word)
            then replace(replace(
                substr(body, greatest(1, strpos(body, word) - 24), 24 + len(word) + 40), word, '【' || word || '】'
            ), chr(10), ' ')
    end;

-- What was searched for: words divided by spaces, each of which must stand there.
create or replace macro words_of(query) as
    list_filter(string_split_regex(trim(query), '[\s\x{3000}]+'), lambda word: word <> '');

create or replace macro contains_all(body, words) as
    contains(body, words[1])
    and (len(words) = 1 or list_bool_and([contains(body, word) for word in words]));

comment on macro the_day is '计算剩余天数与无声天数所用的日期：今天，或由 set variable today 指定';
comment on macro snippet_of is '文字中某词首次出现处的片段，该词以【】标出';
comment on macro words_of is '检索词：以空格分开，须同时出现';
comment on macro contains_all is '文字是否含有全部检索词';
