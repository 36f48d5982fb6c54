-- Units whose names have most in common with $wanted.
select unit_norm as unit
from task_units
group by unit_norm
order by jaro_winkler_similarity(unit_norm, $wanted) desc, unit_norm
limit 5;
