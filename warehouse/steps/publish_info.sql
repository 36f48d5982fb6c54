-- What tells a published file from the working file.

update warehouse_info
set
    published_at = $now,
    publish_no = $number,
    is_masked = $is_masked,
    has_search_index = false;
