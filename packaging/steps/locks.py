"""Write the locks anew. They name packages, versions and hashes, and never the index that served them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from steps.console import SetupError, step
from steps.machine import ROOT, clean_environment
from steps.tools import PYTHONS, Tool

FORM = ("--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-header", "--no-annotate")
PACKAGING = Path("packaging")

# (what is asked for, further options), in order: the test lock takes its versions from the run lock.
LOCKS = (
    (Path("requirements.in"), ()),
    (Path("requirements-dev.in"), ("--constraints", "requirements.txt")),
    (Path("requirements-build.in"), ()),
    (PACKAGING / "requirements-uv.in", ()),
    (PACKAGING / "requirements-demo.in", ("--no-deps",)),
)


def write(uv: Tool, upgrade: bool) -> None:
    """Each lock from its `.in`. Present versions stay unless they no longer fit, or all go up with `upgrade`."""
    for source, options in LOCKS:
        target = source.with_suffix(".txt")
        command = [str(uv.path), "pip", "compile", "--quiet", *FORM, *options, str(source), "-o", str(target)]
        done = subprocess.run(
            [*command, *(["--upgrade"] if upgrade else [])],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            check=False,
        )
        if done.returncode != 0:
            raise SetupError(
                f"{source} could not be locked: {done.stderr.decode('utf-8', 'replace').strip()}"
            )
        step("Lock", str(target))
