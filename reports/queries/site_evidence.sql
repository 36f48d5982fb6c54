-- Places of evidence in the texts of the notices from $first to $last.
select *
from site_evidence
where place between $first and $last
order by all;
