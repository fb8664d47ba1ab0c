"""The words of notice and store that may stand on a command line, by what the argument is called."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from assistcli.book.casebook import open_casebook
from assistcli.candidates import PACK_OPTION, Candidates
from assistcli.context import Context
from assistcli.errors import StoreNotFoundError

if TYPE_CHECKING:
    from assistcli.policy.rules import Pack

LIST = {"list": "列出全部统计表"}


def word_sources(context: Context) -> Mapping[str, Callable[[], Candidates]]:
    """Where words come from in the store of *context*; each notice is read only when it is asked for."""

    @cache
    def packs() -> "list[Pack]":
        book = open_casebook(context)
        return [book.the_pack()] if context.pack else [book.pack(id) for id in book.office().packs]

    def of_packs(words: "Callable[[Pack], Iterable[tuple[str, str]]]") -> Callable[[], Candidates]:
        return lambda: {word: said for pack in packs() for word, said in words(pack)}

    return {
        PACK_OPTION: lambda: dict.fromkeys(_pack_ids(context), ""),
        "政策包": lambda: dict.fromkeys(_pack_ids(context), ""),
        "主题": _topics,
        "form 表名": of_packs(_forms),
        "report 表名": of_packs(_tables),
        "--benefit": of_packs(lambda pack: [(benefit.id, benefit.title) for benefit in pack.benefits]),
        "材料": of_packs(lambda pack: [(name, "") for name in pack.papers]),
        "步骤": of_packs(lambda pack: [(step.name, "") for step in pack.steps]),
        "claim 项目": of_packs(
            lambda pack: [(kind, item.item) for item in pack.claims for kind in item.kinds]
        ),
        "去向": _destinations,
        "口径": of_packs(lambda pack: [(id, reading.question) for id, reading in pack.readings.items()]),
        "log 渠道": of_packs(lambda pack: [(word, "") for word in pack.contact.channels]),
        "log 种类": of_packs(lambda pack: [(word, "") for word in pack.contact.kinds]),
    }


def _pack_ids(context: Context) -> list[str]:
    """Ids of the packs that come with the program and of the store's own."""
    from assistcli.book.packshelf import own_ids  # the rules' rooms: only where a notice is asked for
    from assistcli.policy.pack import packaged_ids

    try:
        own = own_ids(open_casebook(context).folder)
    except StoreNotFoundError:
        own = []
    return list(dict.fromkeys([*packaged_ids(), *own]))


def _topics() -> Candidates:
    from assistcli.cli import Program
    from assistcli.commands.help import topics

    return Program.summaries | dict.fromkeys(topics(), "")


def _forms(pack: "Pack") -> list[tuple[str, str]]:
    from assistcli.paper.stationery import form_rules

    return [(rule.name, rule.title) for rule in form_rules(pack)]


def _tables(pack: "Pack") -> list[tuple[str, str]]:
    from assistcli.census.tables import table_rules

    return [*LIST.items(), *((rule.name, rule.title) for rule in table_rules(pack))]


def _destinations() -> Candidates:
    from assistcli.followup.placement import destinations

    return {word: found.group for word, found in destinations().items()}
