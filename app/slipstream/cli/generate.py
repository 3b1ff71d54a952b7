"""`slipstream generate`: one answer to standard output, figures to files."""

import argparse
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version

from slipstream.cli.arguments import drafting, pair_spec, sampling, speculation
from slipstream.cli.measured import Measured
from slipstream.cli.outputs import LineFile, require_writable, save_text
from slipstream.cli.placement_text import placement_lines
from slipstream.cli.progress import Progress
from slipstream.cli.report import event_json, pace_line, stats_json, summary_line
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role
from slipstream.core.engine import Engine
from slipstream.core.errors import AppError, NoMemoryError, PromptError, UsageError
from slipstream.core.events import LoadProgress, PairLoaded, PrefillProgress, RunEvent, RunFinished, StepDone
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import RunStats
from slipstream.core.paths import AppPaths
from slipstream.core.text import printable, without_controls
from slipstream.models.foretell import foretold
from slipstream.models.inspect import check_file
from slipstream.models.what_fits import what_fits

_OF_MEMORY = re.compile(r"mem_buffer|alloc|memory")
MOST_BYTES = 16 << 20  # of a prompt; the longest contexts there are hold a third of it


def run_generate(options: argparse.Namespace, paths: AppPaths) -> int:
    """Write one answer. Raises AppError after it, where the draft that was asked for could not be used."""
    spec = pair_spec(options)
    request = _request(options)
    for file in (options.stats, options.events):
        if file is not None:
            require_writable(file, spec.target, spec.draft)
    progress = Progress(sys.stderr, quiet=options.quiet)
    with ExitStack() as stack:
        events = stack.enter_context(LineFile(options.events)) if options.events is not None else None
        measured = Measured(paths.measurements_file, progress)
        engine, loaded = load_engine(spec, progress, measured.measurements)
        stack.callback(engine.close)
        stack.callback(measured.save)
        stats = _write(engine, request, progress, events)
    if options.stats is not None:
        versions = {"llama_cpp_python": version("llama-cpp-python")}
        save_text(options.stats, json.dumps(stats_json(stats, options, loaded, versions), indent=1))
    problem = loaded.draft_problem or next(iter(stats.notes), None)
    if problem and drafting(options) is not Drafting.NONE:
        progress.clear()
        raise AppError(f"Answered without drafting: {problem}")
    progress.line(summary_line(stats))
    if stats.pace is not None:
        progress.line(pace_line(stats.pace))
    return 0


def load_engine(spec: PairSpec, progress: Progress, known: Measurements) -> tuple[Engine, PairLoaded]:
    """Check the files, then load them into this process; `known` is kept up to date from then on.

    Raises ModelFileError, LoadError.
    """
    target = check_file(spec.target)
    draft = check_file(spec.draft) if spec.draft is not None else None
    spec = foretold(spec, target, draft)
    from slipstream.engine.backend import tell_aborts  # noqa: PLC0415  # loads llama.cpp: not for bad usage
    from slipstream.engine.session import LocalEngine  # noqa: PLC0415  # as above

    def show(event: LoadProgress) -> None:
        if event.stage == "servers":
            progress.show("Waiting for the RPC servers")
            return
        what = "Measuring what this pair costs" if event.stage == "costs" else f"Loading the {event.stage}"
        progress.show(f"{what} {event.fraction:.0%}")

    tell_aborts(_give_up)
    engine = LocalEngine()
    engine.know(known)
    with interruptible(engine):
        try:
            loaded = engine.load(spec, show)
        except NoMemoryError as error:
            raise NoMemoryError(error.message, what_fits(spec, target, draft) or error.hint) from error
    progress.clear()
    for line in placement_lines(loaded):
        progress.line(line)
    return engine, loaded


def _give_up(words: str) -> None:
    """llama.cpp ends the process: say so in one line, and end it with the status of any other failure."""
    why = printable(words.rpartition("/")[2])
    hint = "There is not enough memory" if _OF_MEMORY.search(why) else "The model file may be damaged"
    line = f"llama.cpp gave up: {why} ({hint})"
    os.write(2, f"slipstream: {line}\n".encode("utf-8", "replace"))
    os._exit(1)


@contextmanager
def interruptible(engine: Engine) -> Iterator[Callable[[], bool]]:
    """Ctrl+C stops the engine, then is raised: inside a callback from C, Python could only print it.

    Gives whether it was pressed, for whoever asks the engine more than once.
    """
    asked = False

    def on_interrupt(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True
        engine.stop.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield lambda: asked
    except AppError:
        if not asked:
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt


def show_prefill(event: RunEvent, progress: Progress) -> None:
    """Say how far the prompt has been read."""
    if isinstance(event, PrefillProgress):
        progress.show(f"Reading the prompt {event.done}/{event.total}")


def _request(options: argparse.Namespace) -> GenerateRequest:
    prompt = read_prompt(options)
    messages: list[ChatMessage] = []
    if options.raw and options.system:
        raise UsageError("--system has no place in a --raw prompt")
    if options.system:
        messages.append(ChatMessage(Role.SYSTEM, options.system))
    messages.append(ChatMessage(Role.USER, prompt))
    return GenerateRequest(
        messages=() if options.raw else tuple(messages),
        raw=prompt if options.raw else None,
        sampling=sampling(options),
        speculation=speculation(options),
        max_tokens=options.max_tokens,
        seed=options.seed,
        stop=tuple(options.stop),
        thinking_budget=options.thinking_budget,
    )


def read_prompt(options: argparse.Namespace) -> str:
    """What `--prompt` says, or standard input. Raises UsageError, PromptError."""
    if options.prompt is None and sys.stdin.isatty():
        raise UsageError("No prompt", "give --prompt TEXT, or --prompt - and the text on standard input")
    text = options.prompt
    if text is None or text == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise PromptError(f"The prompt has more than {MOST_BYTES >> 20} MB", "No context holds so much")
        text = data.decode("utf-8", "replace")
    if not text.strip():
        raise PromptError("The prompt is empty", "Write something first")
    return str(text)


def shown(text: str) -> str:
    """An answer for standard output: a terminal gets nothing of it that it would obey."""
    return without_controls(text) if sys.stdout.isatty() else text


def _write(engine: Engine, request: GenerateRequest, progress: Progress, events: LineFile | None) -> RunStats:
    """Stream the answer to stdout as it becomes certain."""
    stats: RunStats | None = None
    with interruptible(engine):
        for event in engine.generate(request):
            show_prefill(event, progress)
            if isinstance(event, (StepDone, RunFinished)):
                progress.clear()
                print(shown(event.text), end="", flush=True)
            if isinstance(event, StepDone) and events is not None:
                events.write(event_json(event.record))
            if isinstance(event, RunFinished):
                stats = event.stats
    print(flush=True)
    assert stats is not None  # a run ends with RunFinished
    return stats
