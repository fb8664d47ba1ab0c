"""Chinese words for results, the same on the screen and on paper."""

from assistcli.policy.verdict import DEPENDS, ELIGIBLE, NOT_ELIGIBLE, UNKNOWN

VERDICTS = {ELIGIBLE: "符合", NOT_ELIGIBLE: "不符合", UNKNOWN: "待核实", DEPENDS: "取决于口径"}
UNSTATED = "文件未规定"
BY_READING = "取决于口径"
