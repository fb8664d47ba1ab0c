"""Codes and names of the national tables (国家代码表) to the one word that facts use.

The tables are packaged as they were collected, with their sources; ``words.toml`` says who reads which.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.intake.vocabulary import CodeTable, words
from assistcli.values import UNKNOWN_WORDS, Value, clean_text, fold_text


def canonical_word(field: Field, text: str) -> str:
    """*text* with a code or other spelling of the field's table turned into the table's word.

    A word that no table knows stays as it is: most tables are not whole. A bare code must be in one.

    Raises:
        DataRejectedError: *text* is a code, or a word of a whole table, that the field's tables do not have.
    """
    known = spellings_for(field.name)
    if not known:
        return text
    folded = fold_text(text).removesuffix(".0")
    if folded.isdecimal() and folded not in known:
        raise DataRejectedError(f"代码「{clean_text(text)}」不在{field.name}的代码表里；请改写成文字")
    for tail, advice in _whole_tails(field.name) if folded and folded not in known else ():
        if folded.endswith(tail) and folded not in UNKNOWN_WORDS:
            raise DataRejectedError(f"没有「{clean_text(text)}」这个{field.name}；{advice}")
    return known.get(folded, text)


@cache
def _whole_tails(field: str) -> tuple[tuple[str, str], ...]:
    """The tails of words that the tables of *field* have without exception, and what to write instead."""
    tables = [table for table in words().tables if field in table.fields and table.whole]
    return tuple((table.drop_tail, table.whole) for table in tables)


def flags_of(text: str) -> dict[str, Value]:
    """Yes or no for each field of 困难生类别, from the sum of its bits or that sum's label; unsaid stays out.

    Raises:
        DataRejectedError: neither a code nor a label of the table.
    """
    flags = words().flags
    folded = fold_text(text).removesuffix(".0")
    if folded in flags.partial:
        return dict.fromkeys(flags.partial[folded], True)
    code = _flag_codes().get(folded)
    if code is None:
        labels = "、".join(label for label, _ in _entries(flags.table))
        raise DataRejectedError(f"「{clean_text(text)}」不是困难生类别；请填 0–7 或：{labels}")
    return {name: bool(code >> place & 1) for place, name in enumerate(flags.fields)}


@cache
def spellings_for(field: str) -> Mapping[str, str]:
    """Every folded code and spelling that the tables of *field* know, with the word it stands for."""
    found: dict[str, str] = {}
    for table in words().tables:
        if field in table.fields:
            for word, others in _entries(table):
                for other in (word, *others, word.removesuffix(table.drop_tail)):
                    found.setdefault(fold_text(other), word)
            for other, word in table.also.items():
                found.setdefault(fold_text(other), word)
    found.pop("", None)
    return found


def words_of_table(field: str) -> tuple[str, ...]:
    """The words that the tables of *field* offer, in their order."""
    return tuple(dict.fromkeys(spellings_for(field).values()))


@cache
def _flag_codes() -> Mapping[str, int]:
    flags = words().flags
    codes = {fold_text(label): int(forms[0]) for label, forms in _entries(flags.table)}
    numbers = {str(code): code for code in codes.values()}
    return {**codes, **numbers, **{word: int(code) for word, code in flags.words.items()}}


def _entries(table: CodeTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(word, its codes and other spellings) for each line of *table*."""
    text = files("assistcli").joinpath("tables", table.file).read_text(encoding="utf-8-sig")
    if table.word:
        for line in csv.DictReader(text.splitlines()):
            others = [part for column in table.others for part in (line[column] or "").split("|")]
            yield line[table.word], tuple(part for other in others for part in _code_forms(other))
        return
    lists = json.loads(text)
    for name in table.lists:
        for code, label in lists[name]:
            yield label.split(" (")[0], _code_forms(code)


def _code_forms(code: str) -> tuple[str, ...]:
    """A code with and without its leading zero, which spreadsheets lose; a remark is no spelling."""
    if code.isdecimal():
        return (code, code.lstrip("0"))
    return () if any(letter.isdigit() for letter in code) else (code,)
