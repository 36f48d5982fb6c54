-- Today in China, and when this version was published.
select current_date, (select max(published_at) from warehouse_info)
