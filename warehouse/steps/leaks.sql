-- leak: the rows of one table in which contacts stand, with what is to be masked there, the longest first.

create or replace temp table leak (place bigint, quotes varchar []);
