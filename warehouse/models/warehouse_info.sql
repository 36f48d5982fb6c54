-- warehouse_info: version and time of this file.
--
-- grain    one row
-- reads    -
-- written  at creation, load and publication

create table if not exists warehouse_info (
    schema_version integer,
    build_id varchar,
    loaded_at timestamptz,
    published_at timestamptz,
    publish_no integer,
    is_masked boolean,
    has_search_index boolean,
    duckdb_version varchar,
    model_sha256 varchar
);

comment on table warehouse_info is '本库的版本与时间：只有一行';
comment on column warehouse_info.schema_version is '表结构版本号';
comment on column warehouse_info.build_id is '数据版本，16 位十六进制，由所载批次与更正算出：数据相同则相同';
comment on column warehouse_info.loaded_at is '最近一次载入改变了数据的时刻，含时区';
comment on column warehouse_info.published_at is '发布的时刻，含时区；工作库为空';
comment on column warehouse_info.publish_no is '发布序号，从 1 起；工作库为空';
comment on column warehouse_info.is_masked is '联系人是否已遮盖';
comment on column warehouse_info.has_search_index is '是否带有排序检索的索引；没有时 search_notices 按全文包含检索';
comment on column warehouse_info.model_sha256 is '表、视图与说明的定义的 sha256；与代码不同即重新定义';
comment on column warehouse_info.duckdb_version is '写成本库的 DuckDB 版本';
