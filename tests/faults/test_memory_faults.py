"""Too little memory for a model or its context: a plain message that names what would fit, and no second try."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.core.errors import NoMemoryError
from slipstream.core.paths import HOME_VARIABLE
from slipstream.models.inspect import check_file
from slipstream.models.machine_memory import MachineMemory
from slipstream.models.what_fits import what_fits

pytestmark = pytest.mark.weights
SPEC = PairSpec(Path("x"), ctx_size=8192, cache_type_k="f32", cache_type_v="f32", flash_attn="off")
MB = 1 << 20
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")

# May grow by so many MB from where llama.cpp is loaded; then loads the model as the headless commands do.
LOAD = """
import resource, sys
from pathlib import Path
import slipstream.engine.session
from slipstream.cli.generate import load_engine
from slipstream.cli.progress import Progress
from slipstream.core.chat import PairSpec
from slipstream.core.errors import AppError
from slipstream.core.measurements import Measurements

pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + (int(sys.argv[2]) << 20)
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
spec = PairSpec(Path(sys.argv[1]), ctx_size=8192, threads=1, cache_type_k="f32", cache_type_v="f32", flash_attn="off")
try:
    load_engine(spec, Progress(sys.stderr, quiet=True), Measurements())
except AppError as error:
    print(type(error).__name__, error.one_line())
"""


def machine(megabytes: int) -> MachineMemory:
    return MachineMemory(megabytes * MB, 10**10)


def test_the_largest_context_that_fits_is_named(demo_target: Path) -> None:
    header = check_file(demo_target)
    named = []
    for free in (600, 700, 800):
        said = what_fits(SPEC, header, None, machine(free))
        found = re.fullmatch(r"About (\d+) tokens of context would fit", said)
        assert found, said
        named.append(int(found[1]))
    assert named == sorted(set(named))
    assert all(0 < context < 8192 for context in named)
    fits = replace(SPEC, ctx_size=named[0])
    assert what_fits(fits, header, None, machine(600)) == ""
    assert what_fits(SPEC, header, None, machine(10_000)) == ""


def test_where_nothing_fits_or_nothing_is_known(demo_target: Path) -> None:
    header = check_file(demo_target)
    assert "take a smaller model" in what_fits(SPEC, header, None, machine(50))
    assert what_fits(SPEC, header, None, MachineMemory(0, 0)) == ""
    short = replace(SPEC, ctx_size=256)
    without = what_fits(short, header, header, machine(440))
    assert without == "Without the draft, about 256 tokens of context would fit"


@linux_only
@pytest.mark.parametrize(
    ("room", "words"), [(580, r"About \d+ tokens of context would fit"), (30, "cannot load|smaller model")]
)
def test_a_load_without_room_is_an_error_in_words(
    demo_target: Path, tmp_path: Path, room: int, words: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD, demo_target, str(room)],
        env=os.environ | {HOME_VARIABLE: str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(NoMemoryError.__name__), done.stdout
    assert re.search(words, done.stdout), done.stdout
    assert "damaged" not in done.stdout
