-- notices: a publication of a document on a portal, as it stands now.
--
-- grain    one row a notice: portal, page and place on the page (a page may hold several documents)
-- reads    staged readings of its page, url_sightings, corrections
-- written  for touched pages, at each load
--
-- A withdrawn notice stays, with `removed_at`: what a portal took down is still known.

create table if not exists notices (
    notice_id varchar,
    page_id varchar,
    part integer,
    document_id varchar,
    portal_id varchar,
    url varchar,
    title varchar,
    index_no varchar,
    doc_no varchar,
    issuers varchar [],
    written_on date,
    published_on date,
    listed_on date,
    doc_type varchar,
    category varchar,
    validity varchar,
    region varchar,
    adcode varchar,
    level varchar,
    recipients varchar [],
    topics varchar [],
    relevance varchar,
    terms struct (term varchar, place varchar, "count" bigint) [],
    text varchar,
    text_length integer,
    text_sha256 varchar,
    content_sha256 varchar,
    page_sha256 varchar,
    signature varchar,
    document_key varchar,
    fields struct (label varchar, "value" varchar, origin varchar) [],
    origins map (varchar, varchar),
    problems struct ("where" varchar, reason varchar) [],
    task_count integer,
    version_no integer,
    corrected_fields varchar [],
    is_first_crawl boolean,
    archive_ref varchar,
    batch_id varchar,
    run_id varchar,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    changed_at timestamptz,
    removed_at timestamptz
);

comment on table notices is '通知：一行是某门户上一份文件的一次公开，反映当前状态；已撤下的仍保留（见 removed_at）';
comment on column notices.notice_id is '通知标识（主键），16 位十六进制：sha256(门户|不含协议的网址|页内序号) 的前 16 位';
comment on column notices.page_id is '网页标识，16 位十六进制；一个网页可含多份文件，多行共用';
comment on column notices.part is '文件在网页内的序号，从 0 起';
comment on column notices.document_id is '文件标识，关联 documents；转载、重发的同一文件取值相同';
comment on column notices.portal_id is '门户标识，关联 portals';
comment on column notices.url is '网页地址，照门户所给';
comment on column notices.title is '文件标题，不含发文字号；来源：页面元数据，否则正文';
comment on column notices.index_no is '索引号，照印；门户间不唯一，勿作主键';
comment on column notices.doc_no is '发文字号，括号统一为〔〕，例：陕政办发〔2023〕11号；没有则为空';
comment on column notices.issuers is '发文机关全称，列表，联合发文按印发顺序';
comment on column notices.written_on is '成文日期；来源：元数据，否则落款；都没有则为空';
comment on column notices.published_on is '发布日期，以页面标明者为准；未标明则为空';
comment on column notices.listed_on is '门户列表页上的日期；列表未示则为空';
comment on column notices.doc_type is '文种：通知、意见、方案、批复等，取标题末尾所示；看不出则为空';
comment on column notices.category is '门户给出的栏目或主题分类，照印';
comment on column notices.validity is '门户给出的效力状态，照印，例：有效、失效、废止；门户未给则为空';
comment on column notices.region is '发文机关所属地区，例：陕西省、天水市、全国；转载他处文件的，仍是发文机关的地区';
comment on column notices.adcode is '发文机关所属地区的行政区划代码，6 位；前两位是省，前四位是市；查不到该地区则为空';
comment on column notices.level is '级别：发文机关所属地区的级别，national 国家、province 省、city 市、county 县；查不到该地区则为空';
comment on column notices.recipients is '主送机关，列表，照印';
comment on column notices.topics is '所涉主题，列表，可有多个：简政放权、放管结合、优化服务、营商环境、政务服务、行政审批、商事制度、监管；与改革无关的为空列表；来源：主题词规则';
comment on column notices.relevance is '与放管服改革的相关度：core 核心、wide 相关、none 无关';
comment on column notices.terms is '据以判定相关度的词：词、所在处（title 标题、body 正文）、次数';
comment on column notices.text is '正文全文；段落以换行分隔，表格单元格以制表符分隔；联系人已遮盖，长度不变';
comment on column notices.text_length is '正文长度，单位：字符；数长短时用它，不必读出全文';
comment on column notices.text_sha256 is '规范化正文的 sha256，64 位十六进制；页面装饰变化不影响';
comment on column notices.content_sha256 is '内容指纹：正文、题名、文号、机关、日期、效力与附件；变化即为新版本';
comment on column notices.page_sha256 is '网页原始字节的 sha256';
comment on column notices.signature is '正文相似度签名，十六进制，用 likeness 比较，以辨认近似文本；太短则为空串';
comment on column notices.document_key is '文件身份的依据：发文机关加文号，否则题名加成文日期；都没有时为空，各篇自成一份文件';
comment on column notices.fields is '页面上读到的全部标签与值，照印，及其出处 origin（取值同 origins）；联系人已遮盖，长度不变';
comment on column notices.origins is '各元数据项的取值来源，键为字段名，值：table 表格、list 清单、text 正文、meta 网页元数据、json 数据接口、title 标题、signature 落款、listed 列表页';
comment on column notices.problems is '未能读出的内容：何处（page 网页、body 正文、file 文件、字段名或附件名）、何故；都读出了则为空列表';
comment on column notices.task_count is '当前文本中的任务数，单位：项';
comment on column notices.version_no is '当前版本号，从 1 起，关联 notice_versions';
comment on column notices.corrected_fields is '经人工更正的字段名，见 corrections；无则为空列表';
comment on column notices.is_first_crawl is '是否由该门户的首次采集带来：是存量，不算新闻';
comment on column notices.archive_ref is '原始网页在归档中的位置：门户/文件.warc.gz#偏移';
comment on column notices.batch_id is '当前内容所出自的批次，关联 loaded_batches';
comment on column notices.run_id is '当前内容所出自的采集，关联 portal_runs';
comment on column notices.first_seen_at is '首次采到的时刻，含时区';
comment on column notices.last_seen_at is '最近一次见到仍在原处的时刻，含时区';
comment on column notices.changed_at is '内容最近一次变化的时刻；从未变化则为空';
comment on column notices.removed_at is '发现已撤下的时刻；仍在则为空';
