"""Word lists of the reader, one word a blank: names that content systems give, and kinds of documents."""

CONTAINER_IDS = """
vsb_content ucap-content zoom ivs_content doc_left maintext xlrllt trscontent detailcont
cmsarticlecontent info_content articlecontent article_content newscontent zwcontent fontzoom contentdiv
content_main text_content articlebody bodytext endtext js_content
"""
"""`id` of the element that holds a notice's text, in lower case, the surest first."""

CONTAINER_CLASSES = """
v_news_content trs_ueditor trs_editor trs_editor_view custom_unionstyle trs_preappend j-fontcontent
article-content article_content article_con articlecon main-txt bt_content gzk-article gzk_detail
pages_content zoom view-content maintextbox xxgk_gfxwjk-xqy-neir sxgzk-detail-con ql_detailbro_content
content_block dochtmlcon bt-article-02 wip_art_con gkxl-article wz_zoom xl-bk zwnr wzcon news_content
newscontent con_main article-con artical-content text-content detail-content detail_content content_text
info-content rich_media_content
"""
"""`class` of such an element."""

UNPRINTED_TAGS = """
script style noscript iframe object embed select option button textarea svg canvas audio video template
head map title
"""
"""Elements whose text no reader of a page sees as a part of it."""

BLOCK_TAGS = """
p div section article li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre center form fieldset address
table tbody thead tfoot tr td th caption header footer main aside nav figure figcaption hr ucapcontent
"""
"""Elements that begin a line of their own."""

KINDS = """
通知 意见 实施意见 指导意见 方案 实施方案 工作方案 行动方案 措施 办法 实施办法 管理办法 规定 细则
实施细则 规则 条例 要点 工作要点 批复 函 复函 公告 通告 通报 公报 决定 决议 报告 请示 纪要 命令 令 议案
计划 行动计划 工作计划 规划 清单 指南 标准 规范 制度 预案 目录 答复 解读 公示 声明 倡议书 章程 规程 指引
政策 分工 提示 简报 建议 情况
"""
"""Kinds of documents. 实施意见 and 工作要点 are kinds of their own; 若干 and 暂行 only describe."""

LABELS = {
    "index_no": "索引号 信息索引号 统一编号 政府信息索引号 索取号",
    "doc_no": "发文字号 文号 文件编号 公文文号 发布文号 文件文号 文件字号",
    "issuers": """
        发文机关 发文机构 发文单位 发文部门 发布机构 发布单位 发布机关 制发机关 制定机关 制发单位
        公开主体 责任部门 印发机关 印发单位 公开责任部门 信息公开责任部门 发文主体
    """,
    "written_on": "成文日期 成文时间 印发日期 印发时间 签发日期 制发日期",
    # 时间 and 日期 count in the line below a title only (see `pairs_in`). PubDate is of the standard set
    # of meta tags, firstpublishedtime of the State Council's.
    "published_on": """
        发布日期 发布时间 公开日期 公开时间 公布日期 公布时间 时间 日期 PubDate firstpublishedtime
    """,
    # The writing date on some portals, the day of entry on others: kept as printed, never 成文日期.
    "written_or_entered": "生成日期 生成时间",
    # Nearly always the day that a notice bears: counts when neither another label nor a signature says.
    "dispatched_on": "发文日期 发文时间",
    "title": "标题 名称 信息名称 文件名称 公文标题 文件标题",
    "category": "主题分类 组配分类 信息分类 体裁分类 公开目录 分类 信息类别 公文类别 主题类别",
    "validity": "有效性 效力状态 效力状况 时效 时效性 公文时效 是否有效 状态 文件状态 有效状态",
    "doc_type": "公文种类 公文种别 文种",
    # Names a medium as often as an issuer.
    "source": "来源 来自 信息来源 文章来源 稿件来源 机构 ContentSource SiteName",
    "": """
        主题词 关键词 内容概述 公开方式 公开属性 公开时限 公开范围 实施日期 施行日期 废止日期 失效日期
        生效日期 有效期 字体 字号 字体大小 字体显示 浏览次数 点击数 点击率 点击 浏览 阅读 浏览量 阅读量
        阅读次数 访问量 预览次数 统一登记号 登记号 备案号
        作者 责任编辑 编辑 审核 更新时间 更新日期 服务对象 所属地区 文件类型
        ArticleTitle ColumnName
    """,
}
"""Field → the labels that fill it, without blanks, brackets and colons; "" for those that fill none."""
