"""Values that follow from other facts (推算): 应届, 少数民族, 家庭经济困难认定, 性别 and birth month.

Which value follows from which stands in ``fields.toml`` (``derive``). An explicit answer always wins;
one that contradicts what follows is named by ``contradictions``.
"""

from collections.abc import Mapping
from functools import cache

from assistcli.fields import Derivation, Field, catalogue
from assistcli.identity import birth_month_of, sex_of
from assistcli.model import Case, LazyFacts
from assistcli.values import Value


def facts_of(case: Case) -> dict[str, Value]:
    """Everything recorded of *case*, by field name: what other values follow from."""
    if isinstance(case.facts, LazyFacts):
        return case.facts.all_stated()
    return {name: fact.value for name, fact in case.facts.items()}


def derived_value(derivation: Derivation, source: Value, year: int) -> Value | None:
    """What follows from *source* in a notice of *year*; ``None`` if nothing does."""
    if derivation.equals_year:
        return source == year
    if derivation.part == "sex":
        return sex_of(str(source))
    if derivation.part == "birth":
        return birth_month_of(str(source))
    return source not in derivation.no


def follows_from(field: Field, source: str) -> bool:
    """Whether the value of *field* follows from the fact *source*."""
    return field.derivation is not None and field.derivation.source == source


def complete_values(values: Mapping[str, Value], year: int) -> dict[str, Value]:
    """*values* with everything added that follows from them and was not given."""
    complete = dict(values)
    for name, rule in _derivations():
        if name not in complete and rule.source in complete:
            derived = derived_value(rule, complete[rule.source], year)
            if derived is not None:
                complete[name] = derived
    return complete


def contradictions(values: Mapping[str, Value], year: int) -> list[tuple[str, str]]:
    """Pairs (given field, its source field) whose values cannot both be true."""
    found = []
    for name, rule in _derivations():
        given, source = values.get(name), values.get(rule.source)
        if given is not None and source is not None:
            derived = derived_value(rule, source, year)
            if derived is not None and derived != given:
                found.append((name, rule.source))
    return found


@cache
def _derivations() -> tuple[tuple[str, Derivation], ...]:
    """Fields that follow from others, in the order of the catalogue."""
    return tuple((name, field.derivation) for name, field in catalogue().items() if field.derivation)
