"""The headless commands. Knows the command line's contract; every part does its own work."""

import argparse
import sys

from slipstream.cli.arguments import parse
from slipstream.cli.bench import run_bench
from slipstream.cli.demo import run_demo
from slipstream.cli.export import run_export
from slipstream.cli.generate import run_generate
from slipstream.cli.models import run_models
from slipstream.cli.tune import run_tune
from slipstream.core.errors import NotYetError
from slipstream.core.paths import AppPaths

__all__ = ["run_command"]


def run_command(arguments: list[str], paths: AppPaths) -> int:
    """Run one headless command; returns its exit status. Raises AppError; exits 2 itself on bad usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]  # TextIOWrappers
    options = parse(arguments)
    status = _run(options, paths)
    sys.stdout.flush()  # here, where a reader that has gone is still an error like any other
    return status


def _run(options: argparse.Namespace, paths: AppPaths) -> int:
    match options.command:
        case "generate":
            return run_generate(options, paths)
        case "bench":
            return run_bench(options, paths)
        case "demo":
            return run_demo(options, paths)
        case "tune":
            return run_tune(options, paths)
        case "models":
            return run_models(options, paths)
        case "export":
            return run_export(options, paths)
        case other:
            raise NotYetError(f"slipstream {other}")
