"""What can be said to `slipstream models search`, `files` and `download`."""

import argparse
import re
from pathlib import Path

from slipstream.models.hub_data import SortBy

MOST_FOUND = 300
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_COUNT = re.compile(r"(?P<number>\d{1,15}(?:\.\d{1,6})?)(?P<unit>[kmbt]?)", re.IGNORECASE | re.ASCII)


def add_hub_commands(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", as_json: argparse.ArgumentParser
) -> None:
    """`as_json` is the parser of the option that all of them share."""
    search = actions.add_parser(
        "search",
        parents=[as_json],
        help="search the hub for GGUF models",
        description="Search the hub for GGUF models. HF_ENDPOINT names another hub than huggingface.co.",
    )
    add = search.add_argument
    add("text", metavar="TEXT", help="words of the repository's name")
    add("--architecture", default="", metavar="NAME", help="e.g. llama, qwen2")
    add(
        "--parameters",
        type=_range,
        default=(None, None),
        metavar="MIN-MAX",
        help="e.g. 1B-8B; either may be left out",
    )
    add("--sort", choices=tuple(map(str, SortBy)), default=str(SortBy.DOWNLOADS), help="default: downloads")
    add("--limit", type=_limit, default=30, metavar="N", help="at most so many; default: 30")
    files = actions.add_parser(
        "files",
        parents=[as_json],
        help="the models of a repository on the hub",
        description="List a repository's models; with FILE, tell what is in one, from its header alone.",
    )
    files.add_argument("repo", metavar="REPO", help="owner/name")
    files.add_argument(
        "file", nargs="?", metavar="FILE", help="a file of it, or a quantization such as Q4_K_M"
    )
    download = actions.add_parser(
        "download",
        parents=[as_json],
        help="download a model from the hub",
        description="Download a model, all of its parts. What was begun goes on where it stopped; all that "
        "arrives is checked against the hub's SHA-256.",
    )
    download.add_argument("repo", metavar="REPO", help="owner/name")
    download.add_argument("file", metavar="FILE", help="a file of it, or a quantization such as Q4_K_M")
    download.add_argument("--folder", type=Path, metavar="FOLDER", help="put it here, as owner/name/file")


def _range(text: str) -> tuple[int | None, int | None]:
    """Parameters, as "1B-8B", "-3B" or "7B-"."""
    least, dash, most = text.partition("-")
    if not dash or not (least or most):
        raise argparse.ArgumentTypeError(f"{text!r} is not MIN-MAX, e.g. 1B-8B")
    return _count(least), _count(most)


def _count(text: str) -> int | None:
    if not text:
        return None
    match = _COUNT.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of parameters, e.g. 1.5B")
    return round(float(match["number"]) * _UNITS[match["unit"].lower()])


def _limit(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if not 1 <= value <= MOST_FOUND:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MOST_FOUND}")
    return value
