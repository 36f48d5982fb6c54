-- Pages of notices whose corrections changed are written anew as well, from what is staged of them.

insert into touched
select unnest(getvariable('corrected_pages'))
except
select page_id from touched;
