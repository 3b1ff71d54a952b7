"""`slipstream models`: what is on this machine, what is in a file, and whether a draft fits a target.

All of it from headers alone; llama.cpp is not loaded.
"""

import argparse
import json

from slipstream.cli.fit_text import fit_json, fit_text, parts_text
from slipstream.cli.hub import run_download, run_files, run_search
from slipstream.cli.machine import load_options
from slipstream.cli.model_list import run_list
from slipstream.cli.pair_check import run_check
from slipstream.core.paths import AppPaths
from slipstream.models.fit import Fit, Sized, fit
from slipstream.models.here import machine_memory
from slipstream.models.inspect import describe, inspect, read_files
from slipstream.models.machine_memory import processor_words
from slipstream.models.memory import reordered_types
from slipstream.models.memory_shape import read_shape


def run_models(options: argparse.Namespace, paths: AppPaths) -> int:
    """Run one action; returns its exit status. Raises AppError."""
    match options.action:
        case "inspect":
            return _run_inspect(options)
        case "check":
            return run_check(options, paths)
        case "list":
            return run_list(options, paths)
        case "search":
            return run_search(options)
        case "files":
            return run_files(options)
    return run_download(options, paths)


def _run_inspect(options: argparse.Namespace) -> int:
    summary = inspect(options.file)
    memory = _memory(options)
    if options.json:
        print(json.dumps({**summary.to_json(), "memory": fit_json(memory) if memory else None}, indent=1))
        return 0
    more = [("Memory", fit_text(memory)), ("", parts_text(memory.target))] if memory else []
    print(describe(summary, more))
    return 0


def _memory(options: argparse.Namespace) -> Fit | None:
    """None where the file does not tell what it takes: a vocabulary, or an encoder."""
    header = read_files(options.file).header
    shape = read_shape(header)
    if shape is None:
        return None
    return fit(
        Sized(shape, header.context_length),
        None,
        load_options(options),
        machine_memory(),
        reordered_types(processor_words()),
    )
