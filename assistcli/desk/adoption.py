"""Adopting a reading (确定口径): which notice it belongs to, and which options it has."""

from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import guess_name
from assistcli.policy.reading import Reading
from assistcli.policy.rules import Pack

CADENCE, QUOTAS = "周期", "服务次数"
EDITION = "版本"
"""Under this name stands that a pack of the store's own was renewed; the option is a hash of its text."""
PRACTICES = (CADENCE, QUOTAS)
ADOPTED = "采用"


def find_reading(packs: list[Pack], name: str) -> tuple[Pack, Reading]:
    """The reading *name* and the notice it belongs to.

    Raises:
        DataRejectedError: none of *packs* has it; the message lists those they have.
    """
    for pack in packs:
        if name in pack.readings:
            return pack, pack.readings[name]
    known = sorted(reading for pack in packs for reading in pack.readings)
    hint = guess_name(name, known)
    raise DataRejectedError(
        f"没有「{name}」这个口径；可用：{'、'.join(known) or '（文件没有口径问题）'}{hint}"
    )


def demand_option(reading: Reading, option: str) -> None:
    """Let an option pass that *reading* has.

    Raises:
        UsageError: none is named; the message asks the question and lists the options with their meaning.
        DataRejectedError: it has not; the message says the same.
    """
    if option not in reading.options:
        known = "；".join(f"{name}（{label}）" for name, label in reading.options.items())
        asked = f"{reading.question}\n可选：{known}"
        if not option:
            raise UsageError(f"口径 {reading.id} 要写明怎样读。{asked}")
        raise DataRejectedError(f"口径 {reading.id} 没有「{option}」这种读法。{asked}")
