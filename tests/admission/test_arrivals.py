"""Files that arrive: the same file is known again, whichever process looks at it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.intake.builders import write_csv

NAME_OF_FILE = """
import sys
from datetime import date
from pathlib import Path
from assistcli.admission.enrolment import Terms
from assistcli.admission.arrivals import FileReader, delivery
from assistcli.book.packshelf import load_shelved
pack = load_shelved(Path("."), sys.argv[2])
terms = Terms(pack=pack, year=2013, day=date(2013, 6, 1), by="")
path = Path(sys.argv[1])
(intake,) = FileReader(pack=pack, year=2013, mapping={}).read([path])
print(delivery(path, intake, {}, terms).id)
"""


def test_a_file_has_the_same_id_in_every_process(tmp_path: Path) -> None:
    """Else importing it again looks up every row, half of the times."""
    path = write_csv(tmp_path / "a.csv", [["学号", "姓名"], ["10800001", "张三"]])
    ids = {_id_with_seed(path, seed) for seed in ("0", "1", "2", "3", "4")}
    assert len(ids) == 1


def _id_with_seed(path: Path, seed: str) -> str:
    words = [sys.executable, "-c", NAME_OF_FILE, str(path), "zust-2013"]
    return subprocess.check_output(words, env=os.environ | {"PYTHONHASHSEED": seed}, text=True)
