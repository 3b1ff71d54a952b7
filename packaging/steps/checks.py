"""The checks of the project: what `make test` and CI run. All of them run, whatever the first ones find."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from steps.console import duration, say
from steps.machine import ROOT, VENV_BIN

MOST_WORKERS = 4  # of pytest
NO_TESTS = 5  # pytest's exit status when it found none


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]  # a program of .venv/bin and its arguments


STATIC = (
    Check("format", ("ruff", "format", "--check", ".")),
    Check("lint", ("ruff", "check", ".")),
    Check("types", ("mypy",)),
    Check("imports", ("lint-imports",)),
)


def environment() -> dict[str, str]:
    """For checks: windows are never shown, and text is UTF-8 (Qt warns otherwise, and a warning fails a test)."""
    variables = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    variables["PATH"] = f"{VENV_BIN}{os.pathsep}{variables.get('PATH', os.defpath)}"
    locale = variables.get("LC_ALL") or variables.get("LC_CTYPE") or variables.get("LANG") or ""
    if "utf-8" not in locale.lower() and "utf8" not in locale.lower():
        variables["LC_ALL"] = "C.UTF-8"
    return variables


def run_static() -> dict[str, bool]:
    """Every static check, side by side; the output of those that fail is shown. {name: passed}"""
    started = time.monotonic()
    running = [
        (
            check,
            subprocess.Popen(
                [str(VENV_BIN / check.command[0]), *check.command[1:]],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment(),
            ),
        )
        for check in STATIC
    ]
    results = {}
    for check, process in running:
        output = process.communicate()[0].decode("utf-8", "replace").rstrip()
        results[check.name] = process.returncode == 0
        if process.returncode != 0:
            say(f"\n── {check.name}: {' '.join(check.command)}\n{output}")
    say(f"\n{verdict(results)} ({duration(time.monotonic() - started)})")
    return results


def run_pytest(arguments: Sequence[str]) -> bool:
    """pytest on this terminal, its closing line the last thing it prints. Finding no test is no success.

    The whole suite runs in several processes, each with a core to itself: llama.cpp's threads wait for each other
    without sleeping, and two processes with a thread a core each would take several times as long.
    """
    say()
    variables = environment()
    if not arguments:
        arguments = ("-n", str(min(os.cpu_count() or 1, MOST_WORKERS)), "--dist", "loadfile")
        variables["OMP_THREAD_LIMIT"] = "1"
    command = [str(VENV_BIN / "pytest"), *arguments]
    status = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, env=variables, check=False
    ).returncode
    if status == NO_TESTS:
        say("No test was found.")
    return status == 0


def verdict(results: dict[str, bool]) -> str:
    return "  ".join(f"{name}: {'ok' if passed else 'FAILED'}" for name, passed in results.items())
