"""Words before a figure that make it one to be reached, shared by `targets` and `target_asides`."""

from __future__ import annotations

import re

VERBS = re.compile(
    r"推出|新增|建成|建设|新建|打造|培育|创建|选取|选树|遴选|选择|选定|确定|布设|布局|设立|设置|组建|"
    r"聘请|招募|招聘|培训|举办|发放|发布|编制|制定|出台|修订|梳理|"
    r"公布|上线|开通|拓展|实现|完成|推动|力争|报送|征集|解决|化解|处置|评选|引进|签约|改造|开设|配备|"
    r"接入|整合|归集|覆盖|申报|形成|总结|提炼|取消|下放|开展|组织|扩大|增设|增加|投放|落地|建立|配置|"
    r"选派|新上|推广|签订|规划|储备|获批|争创|认定|刊发|推荐|印发|轮训|减负|让利|处理|兑现|争取|走访|服务|扶持|"
    r"惠及|选拔|培养|转化|筹建|供应|供给|减轻|节约|盘活|出让|筹集|开行|"
    r"安装|架设|铺设|拆除|关停|淘汰|清退|安置|吸纳|接收|招引|种植|栽植|出栏|净增|接待|带动|转移就业|吸引|集聚|扩建|放映|"
    r"整治|治理|修复|更新|帮助|救助|实施|明确|承接"
)
ACTS_ON = re.compile("整治|治理|修复|更新|帮助|救助|实施|明确")
"""Of these what is done to things that are there: 整治8类问题 says how many kinds there are."""
MOVES = re.compile(
    r"[^，。；、的]{0,14}(?:下放|下沉|取消|整合|合并|压减|精简|委托|划转|赋予|转为|改为|调整为|纳入|接入|上线)"
)
"""What is done behind it to a count that 将 or 把 takes: 将42项事项下放乡镇."""
RAISES = re.compile(r"(?:设立|组建|安排|统筹|筹集|投入|发放|新增|建立|发行)(?:总额|总规模|规模|不少于)?$")
AMOUNT = re.compile(r"(?:[量额积]|规模|总数|里程|贷款|融资)$")
