#!/usr/bin/env python3
"""Set Slipstream up in this checkout, then run it or check it. The Makefile calls this; so can you.

    bootstrap.py run    [--backend B]                  set up, then open the window
    bootstrap.py test   [--backend B] [PYTEST ARG]...  set up with the checks' packages, then every check
    bootstrap.py check  [--backend B]                  the same without the tests
    bootstrap.py pytest [--backend B] PYTEST ARG...    the same with pytest alone
    bootstrap.py setup  [--backend B]                  set up only
    bootstrap.py lock   [--upgrade]                    write the locks anew

Standard library only, Python 3.9 or newer: it runs before anything is installed. The order of the steps is here;
each step is a file in `steps/`. A step that is done is skipped by a look at its stamp, so that a start costs a
fraction of a second.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from steps import backends, checks, demo_model, engine, environment, locks, system, test_data, tools
from steps.backends import Choice
from steps.console import SetupError, say, step
from steps.machine import VENV, VENV_BIN
from steps.stamp import Stamp
from steps.tools import Tool


class Setup:
    """One run through the steps."""

    def __init__(self, requested_backend: str) -> None:
        self._requested = requested_backend
        self._uv: Tool | None = None

    def prepare(self, lock: Path, needs: set[str]) -> None:
        """Have everything there that `lock` and the system's `needs` (see `system`) ask for. Raises SetupError."""
        python = environment.environment_python()
        stamp = Stamp(VENV / "slipstream-setup.json")
        choice = backends.choose(self._requested, backends.restore(stamp.get("backend")))
        ready = python is not None and environment.is_ready(stamp, lock, choice)
        if not ready:
            say("Setting Slipstream up in this folder:")
        system.ensure_libraries(needs, first_time=not ready)
        if not ready:
            python, choice = self._fill(python, stamp, lock, choice)
        if stamp.get("backend") != backends.store(choice):
            stamp.record("backend", backends.store(choice))
        demo_model.ensure(self._find_uv)
        say(f"Slipstream is set up: Python {python}, llama.cpp for {choice.name} ({choice.reason})")

    def prepare_tests(self) -> None:
        """The same for the checks, and what some tests read. Raises SetupError."""
        self.prepare(environment.TEST_LOCK, {system.QT})
        for data in (test_data.COMMONMARK, test_data.VOCABULARIES):
            test_data.ensure(data, self._find_uv)

    def _fill(self, python: str | None, stamp: Stamp, lock: Path, choice: Choice) -> tuple[str, Choice]:
        """Make `.venv` and what is in it. Returns its Python's version and the backend that was built."""
        uv = self._find_uv()
        step("uv", f"{uv.version} ({uv.path})")
        if python is None:
            found = tools.ensure_python(uv)
            environment.make_environment(uv, found)
            stamp.clear()
            python = found.version
        step("Python", python)
        step("Backend", f"{choice.name}: {choice.reason}")
        if not environment.packages_there(stamp, lock):
            environment.install_packages(uv, stamp, lock)
        if not engine.is_installed(stamp, choice):
            choice = self._install_engine(uv, stamp, choice)
        if not environment.project_there(stamp):
            environment.install_project(uv, stamp)
        return python, choice

    def _install_engine(self, uv: Tool, stamp: Stamp, choice: Choice) -> Choice:
        """llama.cpp; where a GPU build that nobody asked for fails, the CPU's instead."""
        try:
            engine.install(uv, stamp, choice)
        except engine.EngineError as error:
            if choice.asked or choice.backend == "cpu":
                raise
            say(f"{error.message}\n{error.hint}\nGoing on with the CPU.")
            reason = f"the build for {choice.name} failed; BACKEND={choice.backend} tries it again"
            choice = Choice("cpu", reason, False, choice.evidence)
            engine.install(uv, stamp, choice)
        return choice

    def _find_uv(self) -> Tool:
        if self._uv is None:
            self._uv = tools.ensure_uv()
        return self._uv


def launch() -> None:
    """Become Slipstream: its window, or the main job in the terminal where there is no display."""
    program = str(VENV_BIN / "slipstream")
    arguments = [program]
    if not system.has_display():
        say(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so there can be no window:"
        )
        say("running `slipstream demo`, the main job in the terminal, instead.\n")
        arguments.append("demo")
    sys.stdout.flush()
    os.execv(program, arguments)


def run(options: argparse.Namespace) -> int:
    setup = Setup(options.backend)
    setup.prepare(engine.RUN_LOCK, system.window_needs())
    launch()
    return 0  # not reached: the process is Slipstream now


def test(options: argparse.Namespace) -> int:
    Setup(options.backend).prepare_tests()
    results = checks.run_static()
    results["tests"] = checks.run_pytest(options.arguments)
    say(f"\n{checks.verdict(results)}")
    return 0 if all(results.values()) else 1


def check(options: argparse.Namespace) -> int:
    Setup(options.backend).prepare(environment.TEST_LOCK, {system.QT})
    return 0 if all(checks.run_static().values()) else 1


def pytest(options: argparse.Namespace) -> int:
    Setup(options.backend).prepare_tests()
    return 0 if checks.run_pytest(options.arguments) else 1


def setup(options: argparse.Namespace) -> int:
    Setup(options.backend).prepare(engine.RUN_LOCK, set())
    return 0


def lock(options: argparse.Namespace) -> int:
    locks.write(tools.ensure_uv(), options.upgrade)
    return 0


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="bootstrap.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for command in (run, test, check, pytest, setup):
        one = commands.add_parser(command.__name__, allow_abbrev=False)
        one.add_argument("--backend", default="", help="auto, cpu, cuda, vulkan, metal or hip")
        one.set_defaults(command=command)
    locking = commands.add_parser("lock")
    locking.add_argument("--upgrade", action="store_true", help="newest versions instead of the present ones")
    locking.set_defaults(command=lock)
    return whole


def main() -> int:
    known = parser()
    options, rest = known.parse_known_args()
    options.arguments = rest
    if rest and options.command not in (test, pytest):
        known.error(f"unrecognized arguments: {' '.join(rest)}")
    # Being ended means the same as Ctrl-C: what was started ends too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(options.command(options))
    except SetupError as error:
        say(f"\nSet-up stopped: {error.message}")
        if error.hint:
            say(error.hint)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again; what is done stays done.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
