"""Chinese words for results and records, the same on the screen and on paper."""

from collections.abc import Mapping

UNSTATED = "文件未规定"
BY_READING = "取决于口径"
VERDICTS = {"eligible": "符合", "not_eligible": "不符合", "unknown": "待核实", "depends": BY_READING}
TABLES = {
    "cases": "个案",
    "contacts": "联系记录",
    "claims": "资助申请",
    "steps": "审批步骤",
    "papers": "材料",
    "outcomes": "去向",
    "pairings": "结对",
    "plans": "帮扶计划",
    "recommendations": "推荐",
    "applications": "国家资助申请",
    "referrals": "请求协助",
    "exemplars": "典型事例",
    "filings": "签字件归档",
    "activities": "活动",
    "jobs": "岗位",
    "funds": "资金",
    "members": "名册",
    "deadlines": "期限",
    "publications": "公示",
    "deliveries": "读过的文件",
    "layouts": "表头对应",
    "precedences": "来源规则",
    "office": "单位信息",
    "adoptions": "口径",
    "accesses": "敏感信息查看",
}


def count_words(records: Mapping[str, int]) -> str:
    """How many records of each table, in Chinese."""
    return "，".join(f"{TABLES.get(table, table)} {number}" for table, number in records.items())
