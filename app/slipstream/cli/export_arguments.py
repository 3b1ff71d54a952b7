"""What can be said to `slipstream export`."""

import argparse
from pathlib import Path

from slipstream.core.reports import ReportForm, Scope, ScopeKind
from slipstream.core.text import printable

FORMATS = ("json", "csv", "html", "png", "svg")
MOST = 2**63 - 1  # an id the store could have


def add_export_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser(
        "export",
        help="write what was measured to a file",
        description="Write what was measured of kept runs, benchmarks and comparisons: figures, steps, settings; "
        "never what was said, but for a comparison that is named. png and svg write a folder, a picture a plot; "
        "everything else a file.",
    )
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--conversation", type=whole_number, metavar="ID", help="all runs of a conversation")
    which.add_argument("--run", type=whole_number, metavar="ID", help="one run (json and csv tell its ID)")
    which.add_argument(
        "--benchmark", metavar="ID|all", help="a saved benchmark (bench says its ID), or all of them"
    )
    which.add_argument(
        "--comparison",
        type=whole_number,
        metavar="ID",
        help="one comparison of ways to draft, with its prompt and texts (json of --all tells its ID)",
    )
    which.add_argument(
        "--all",
        action="store_true",
        help="all runs but those of deleted conversations, all benchmarks, all comparisons",
    )
    add = export.add_argument
    add("--format", choices=FORMATS, required=True)
    add(
        "--rows",
        choices=("steps", "runs", "segments"),
        help="csv: a row a step (the default) or a run; of a benchmark a row a chunk (steps), or an answer (runs, "
        "the default); of a comparison a row a segment",
    )
    add("--dark", action="store_true", help="png, svg: dark colours")
    add("out", type=Path, metavar="OUT", help="the file, or the folder of pictures")


def scope(options: argparse.Namespace) -> Scope:
    """What is meant, but for the benchmark: which one a name means, the store knows."""
    if options.conversation is not None:
        return Scope(ScopeKind.CONVERSATION, options.conversation)
    if options.run is not None:
        return Scope(ScopeKind.RUN, options.run)
    if options.comparison is not None:
        return Scope(ScopeKind.COMPARISON, options.comparison)
    return Scope(ScopeKind.ALL if options.all else ScopeKind.BENCHMARK)


def form(options: argparse.Namespace) -> ReportForm:
    """The form that is wanted."""
    if options.format == "csv":
        usual = "steps" if options.benchmark is None else "runs"
        return ReportForm(options.rows or ("segments" if options.comparison is not None else usual))
    if options.format == "html":
        return ReportForm.PAGE
    return ReportForm(options.format)


def whole_number(text: str) -> int:
    """An id, as argparse names it in what it refuses."""
    try:
        value = int(text)
    except ValueError:
        value = 0
    if not 1 <= value <= MOST:
        raise argparse.ArgumentTypeError(f"{printable(text, 40)} is no ID")
    return value
