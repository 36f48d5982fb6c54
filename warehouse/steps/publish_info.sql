-- What tells a published file from the working file.

update warehouse_info
set
    published_at = $now,
    publish_no = $number,
    has_search_index = $has_search_index;
