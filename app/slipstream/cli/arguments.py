"""The command line: what can be said, and what it means as requests to the engine.

Values out of range and words that mean nothing are bad usage (exit status 2); words that the contract has and
this version lacks are refused with "not yet".
"""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

from slipstream import __version__
from slipstream.cli.export_arguments import add_export_command
from slipstream.cli.hub_arguments import add_hub_commands
from slipstream.core.chat import (
    CACHE_TYPES,
    MAX_DRAFT,
    AcceptRule,
    Drafting,
    PairSpec,
    Sampling,
    Speculation,
)
from slipstream.core.errors import NotYetError
from slipstream.core.placing import PROCESSOR
from slipstream.core.text import printable

MAX_SEED = 2**32 - 1
MOST = 2**31 - 1  # tokens, layers, seconds: what llama.cpp counts in


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line. Exits with status 2 and a usage line on bad usage."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="slipstream",
        description="Chat with local GGUF models, speculatively. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"slipstream {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    generate = commands.add_parser("generate", help="write one answer", description="Write one answer.")
    _add_generate(generate)
    bench = commands.add_parser(
        "bench",
        help="compare with and without drafting",
        description="Answer each prompt with drafting and without, one right after the other, and tell how much "
        "faster it was, per kind of text. Best done while nothing else runs.",
    )
    _add_generate(bench)
    bench.add_argument(
        "--prompts", type=Path, metavar="FILE.jsonl", help="one JSON object a line: id, kind, prompt"
    )
    bench.add_argument(
        "--limit", type=_whole(1, MOST), metavar="N", help="the first N prompts, kinds taking turns"
    )
    bench.add_argument(
        "--repeat", type=_whole(1, MOST), default=1, metavar="R", help="how often each (default: 1)"
    )
    bench.add_argument("--resume", action="store_true", help="go on with what was measured before")
    bench.add_argument("--json", type=Path, metavar="FILE", help="write figures and every answer's record")
    _add_tune(commands)
    _add_models(commands.add_parser("models", help="look at model files"))
    add_export_command(commands)
    demo = commands.add_parser(
        "demo",
        help="the main job in a terminal, with the bundled model",
        description="Answer a question with the bundled model, without and with drafting, and show the figures.",
    )
    demo.add_argument("--prompt", metavar="TEXT", help="ask this")
    demo.add_argument("--max-tokens", type=_whole(1, MOST), default=160, metavar="N")
    demo.add_argument("--threads", type=_whole(1, 1024), metavar="N")
    return parser


def _add_generate(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--target", type=Path, required=True, metavar="FILE", help="the model that answers")
    add("--draft", default="none", metavar="FILE|ngram|mtp|none", help="who drafts (default: none)")
    add("--prompt", metavar="TEXT|-", help="what to answer; - reads standard input")
    add("--system", metavar="TEXT", help="system prompt")
    add("--raw", action="store_true", help="take the prompt as it is, without a chat template")
    add("--max-tokens", type=_whole(1, MOST), default=512, metavar="N")
    add(
        "--thinking-budget",
        type=_whole(0, MOST),
        metavar="N",
        help="tokens of thinking, then the answer begins",
    )
    add("--temperature", type=_real(0.0, 100.0), default=0.6, metavar="T", help="0 is greedy (default: 0.6)")
    add("--top-p", type=_real(0.0, 1.0), default=0.95, metavar="P", help="1 is off (default: 0.95)")
    add("--top-k", type=_whole(0, MOST), default=40, metavar="K", help="0 is off (default: 40)")
    add("--min-p", type=_real(0.0, 1.0), default=0.0, metavar="P", help="0 is off, the default")
    add("--repeat-penalty", type=_real(0.01, 100.0), default=1.0, metavar="R", help="1 is off, the default")
    add("--seed", type=_whole(0, MAX_SEED), metavar="S", help="default: a random one, told in the stats")
    add("--stop", action="append", default=[], metavar="TEXT", help="end the answer before this; repeatable")
    add("--draft-max", type=_or_auto(_whole(0, MAX_DRAFT)), metavar="N|auto", help="tokens drafted a step")
    add("--lookup", choices=("on", "off"), help="n-gram lookup before the draft (default: on with auto)")
    add(
        "--accept",
        choices=tuple(map(str, AcceptRule)),
        default=str(AcceptRule.LOSSLESS),
        help="which drafted tokens are kept; relaxed (in thinking only) and typical change the output",
    )
    add("--threads", type=_whole(1, 1024), metavar="N", help="default: physical cores")
    add("--gpu-layers", type=_or_auto(_whole(0, MOST)), metavar="N|auto")
    add("--draft-gpu-layers", type=_or_auto(_whole(0, MOST)), metavar="N|auto")
    _add_devices(parser)
    _add_loading(parser)
    add("--events", type=Path, metavar="FILE.jsonl", help="write one line a step")
    add("--stats", type=Path, metavar="FILE.json", help="write the run's figures")
    add("--quiet", action="store_true", help="nothing but the answer, and errors")


def _add_loading(parser: argparse.ArgumentParser) -> None:
    """What of a load decides about memory."""
    parser.add_argument("--ctx-size", type=_whole(1, MOST), default=4096, metavar="N", help="default: 4096")
    _add_kept(parser)


def _add_kept(parser: argparse.ArgumentParser) -> None:
    """How what was read is kept."""
    add = parser.add_argument
    add("--flash-attn", choices=("on", "off", "auto"), default="auto")
    add("--cache-type-k", choices=CACHE_TYPES, default="f16", metavar="TYPE")
    add("--cache-type-v", choices=CACHE_TYPES, default="f16", metavar="TYPE")


def _add_devices(parser: argparse.ArgumentParser) -> None:
    """Where layers may go."""
    for name, whose in (("--device", "model"), ("--draft-device", "draft")):
        parser.add_argument(
            name,
            type=_devices,
            metavar="NAMES",
            help=f"where the {whose}'s layers may go: CUDA0,CUDA1; none is the processor (default: auto)",
        )


def _devices(text: str) -> tuple[str, ...] | None:
    """Names with commas; `none` is no device, `auto` all that are there."""
    names = tuple(name for part in text.split(",") if (name := part.strip()))
    if not names:
        raise argparse.ArgumentTypeError("names no device")
    return {("auto",): None, (PROCESSOR,): ()}.get(names, names)


def _add_tune(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tune = commands.add_parser(
        "tune",
        help="measure what drafting costs on this machine",
        description="Measure what verifying and drafting take with this pair, on how many threads the draft is "
        "fastest, and keep it: the automatic draft length starts from it. Best done while nothing else runs.",
    )
    add = tune.add_argument
    add("--target", type=Path, required=True, metavar="FILE", help="the model that answers")
    add("--draft", type=Path, required=True, metavar="FILE", help="the model that drafts")
    add("--threads", type=_whole(1, 1024), metavar="N", help="default: physical cores")
    add("--gpu-layers", type=_or_auto(_whole(0, MOST)), metavar="N|auto")
    add("--draft-gpu-layers", type=_or_auto(_whole(0, MOST)), metavar="N|auto")
    _add_devices(tune)
    _add_kept(tune)
    add("--seconds", type=_whole(0, MOST), default=60, metavar="S", help="about how long; 3 passes at least")
    add("--json", action="store_true", help="as one JSON object")


def _add_models(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="as one JSON object")
    loading = argparse.ArgumentParser(add_help=False)
    _add_loading(loading)
    inspect = actions.add_parser("inspect", parents=[as_json, loading], help="what is in a GGUF file")
    inspect.add_argument("file", type=Path, metavar="FILE")
    check = actions.add_parser("check", parents=[as_json, loading], help="whether a draft fits a target")
    check.add_argument("target", type=Path, metavar="TARGET")
    check.add_argument("draft", type=Path, metavar="DRAFT")
    listed = actions.add_parser("list", parents=[as_json], help="models on this machine")
    listed.add_argument(
        "--folder", type=Path, action="append", default=[], metavar="FOLDER", help="look here, too"
    )
    add_hub_commands(actions, as_json)


def pair_spec(options: argparse.Namespace) -> PairSpec:
    """Which files to load, and how."""
    _refuse_not_yet(options)
    return PairSpec(
        target=options.target,
        draft=Path(options.draft) if drafting(options) is Drafting.MODEL else None,
        ctx_size=options.ctx_size,
        threads=options.threads,
        gpu_layers=options.gpu_layers,
        draft_gpu_layers=options.draft_gpu_layers,
        flash_attn=options.flash_attn,
        cache_type_k=options.cache_type_k,
        cache_type_v=options.cache_type_v,
        devices=options.device,
        draft_devices=options.draft_device,
        measure=drafting(options) is not Drafting.NONE and options.draft_max is None,
    )


def drafting(options: argparse.Namespace) -> Drafting:
    """Who drafts: anything but the contract's words is a file."""
    return {"none": Drafting.NONE, "ngram": Drafting.NGRAM}.get(options.draft, Drafting.MODEL)


def sampling(options: argparse.Namespace) -> Sampling:
    return Sampling(options.temperature, options.top_p, options.top_k, options.min_p, options.repeat_penalty)


def speculation(options: argparse.Namespace) -> Speculation:
    return Speculation(
        drafting=drafting(options),
        draft_max=options.draft_max,
        lookup=None if options.lookup is None else options.lookup == "on",
        accept=AcceptRule(options.accept),
    )


def _refuse_not_yet(options: argparse.Namespace) -> None:
    if options.draft == "mtp":
        raise NotYetError("--draft mtp")


def _whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """A whole number in a range."""

    def whole_number(text: str) -> int:
        value = _number(int, text)
        if value < low or (high is not None and value > high):
            raise argparse.ArgumentTypeError(f"{printable(text, 40)} is not {_between(low, high)}")
        return value

    return whole_number


def _real(low: float, high: float) -> Callable[[str], float]:
    """A finite number in a range."""

    def number(text: str) -> float:
        value = _number(float, text)
        if not math.isfinite(value) or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{printable(text, 40)} is not {_between(low, high)}")
        return value

    return number


def _number[T: (int, float)](kind: Callable[[str], T], text: str) -> T:
    try:
        return kind(text)
    except ValueError as error:
        what = "a whole number" if kind is int else "a number"
        raise argparse.ArgumentTypeError(f"{printable(text, 40)} is not {what}") from error


def _or_auto(read: Callable[[str], int]) -> Callable[[str], int | None]:
    def number_or_auto(text: str) -> int | None:
        return None if text == "auto" else read(text)

    return number_or_auto


def _between(low: float, high: float | None) -> str:
    def said(limit: float) -> str:
        return str(limit) if isinstance(limit, int) else f"{limit:g}"

    return f"{said(low)} or more" if high is None else f"between {said(low)} and {said(high)}"
