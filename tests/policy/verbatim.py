"""That the packs' words are the notices': each clause was compared with its notice and is known by its mark.

The notices are not part of the project: one names real people. Where they lie at hand, compare and mark anew:

    ASSIST_NOTICES=folder python -m tests.policy.verbatim
"""

import json
import os
import re
from hashlib import sha256
from pathlib import Path

from assistcli.policy.citation import PLACES
from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.rules import Pack

MARKS = Path(__file__).with_name("verbatim.json")
WEB_SEAM = "<!--more-->"


def squeezed(text: str) -> str:
    """*text* without blanks, U+00A0 among them: they are normalised for comparing, never in what is kept."""
    return "".join(text.split())


def notice_text(pack: str, folder: Path) -> str:
    """The notice of *pack*, squeezed; the seam that a web page cut into it is left out (D-17)."""
    return squeezed((folder / f"{pack}.txt").read_text(encoding="utf-8").replace(WEB_SEAM, ""))


def passages(pack: Pack) -> dict[str, str]:
    """Everything that *pack* says stands in its notice: its clauses, and each damaged place as found."""
    found = dict(pack.clauses)
    for damage in pack.damaged:
        for number, place in enumerate(damage.found.split(PLACES), 1):
            found[f"{damage.id}.{number}"] = place
    return found


def mark_of(words: str) -> str:
    """A short mark that only these words bear."""
    return sha256(squeezed(words).encode()).hexdigest()[:24]


def missing_passages(pack: Pack, folder: Path) -> list[str]:
    """Names of the passages of *pack* that its notice in *folder* does not hold word for word."""
    notice = notice_text(pack.id, folder)
    return [name for name, words in passages(pack).items() if squeezed(words) not in notice]


def write_marks(folder: Path) -> None:
    """Compare every packaged notice with its text in *folder* and write down the marks."""
    marks = {}
    for pack in map(load_pack, packaged_ids()):
        if missing := missing_passages(pack, folder):
            raise SystemExit(f"{pack.id}: not in the notice word for word: {', '.join(missing)}")
        marks[pack.id] = {name: mark_of(words) for name, words in passages(pack).items()}
    MARKS.write_text(json.dumps(marks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def figures_in(words: str) -> set[str]:
    """The numbers that stand in *words*."""
    return set(re.findall(r"\d+(?:\.\d+)?", words))


if __name__ == "__main__":
    write_marks(Path(os.environ["ASSIST_NOTICES"]))
