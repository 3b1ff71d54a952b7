"""`slipstream models search`, `files` and `download`: the hub from a terminal.

Tables and JSON on stdout, progress on stderr. Knows the words; the hub's work is `slipstream.models`'.
"""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from slipstream.cli.progress import Progress
from slipstream.core.amounts import size_text, time_text
from slipstream.core.errors import HubNotFoundError
from slipstream.core.paths import AppPaths
from slipstream.models.download import Downloaded, download_model
from slipstream.models.download_progress import DownloadProgress, Stage
from slipstream.models.download_record import ModelDownload
from slipstream.models.figures import count_text
from slipstream.models.hub import Hub, shared_cache
from slipstream.models.hub_data import HubModel, Repository, Role, SearchQuery, SortBy, Variant
from slipstream.models.hub_files import find_variant
from slipstream.models.inspect import describe, summarize
from slipstream.models.remote_header import read_remote_model
from slipstream.models.untrusted import printable

SCHEMA = 1
NAMED = 8  # variants named in an error


def run_search(options: argparse.Namespace) -> int:
    least, most = options.parameters
    found = Hub().search(
        SearchQuery(options.text, options.architecture, least, most, SortBy(options.sort), options.limit)
    )
    if options.json:
        print(json.dumps({"schema": SCHEMA, "models": [_model_json(model) for model in found]}, indent=1))
    elif found:
        print(_table([_model_row(model) for model in found], ("<", ">", "<", ">", ">", "<", "<")))
    else:
        print("Nothing found.", file=sys.stderr)
    return 0


def run_files(options: argparse.Namespace) -> int:
    hub = Hub()
    repository = hub.repository(options.repo)
    if options.file is None:
        print(
            json.dumps(_repository_json(repository), indent=1)
            if options.json
            else _repository_text(repository)
        )
        return 0
    variant = _variant(repository, options.file)
    summary = summarize(
        read_remote_model(hub, repository, variant), f"{options.repo}/{variant.files[0].path}"
    )
    print(json.dumps(summary.to_json(), indent=1) if options.json else describe(summary))
    return 0


def run_download(options: argparse.Namespace, paths: AppPaths) -> int:
    hub = Hub()
    repository = hub.repository(options.repo)
    download = ModelDownload.of(repository, _variant(repository, options.file))
    root = (options.folder or paths.models).absolute()
    progress = Progress(sys.stderr, quiet=False)
    try:
        done = download_model(
            hub,
            root,
            download,
            lambda told: progress.show(progress_text(download.name, told)),
            shared_cache=shared_cache(),
        )
    finally:
        progress.clear()
    if options.json:
        print(json.dumps(_downloaded_json(done), indent=1))
        return 0
    if done.replaced:
        progress.line("The hub had another version of it meanwhile: this is the new one.")
    print(done.files[0])
    return 0


def progress_text(name: str, told: DownloadProgress) -> str:
    """A line for a terminal, e.g. "model.gguf  1.2 GB of 4.7 GB, 26%, 23.1 MB/s, 2 min left"."""
    parts = [f"{size_text(told.done)} of {size_text(told.total)}"]
    if told.total:
        parts.append(f"{told.done / told.total:.0%}")
    if told.trouble is not None:
        parts.append(f"{told.trouble.message}; next try in {told.retry_in:.0f} s")
    elif told.stage is Stage.CHECKING:
        parts.append("checking what is here")
    elif told.speed is not None:
        parts.append(f"{size_text(round(told.speed))}/s")
        if told.seconds_left is not None:
            parts.append(f"{time_text(told.seconds_left)} left")
    return printable(f"{name}  {', '.join(parts)}")


def _variant(repository: Repository, wanted: str) -> Variant:
    """Raises HubNotFoundError, which names what there is."""
    variant = find_variant(repository.variants, wanted)
    if variant is not None:
        return variant
    models = [v for v in repository.variants if v.role is Role.MODEL]
    names = [f"{v.quantization or v.files[0].path} ({size_text(v.size)})" for v in models[:NAMED]]
    more = f" and {len(models) - NAMED} more" if len(models) > NAMED else ""
    raise HubNotFoundError(
        f"{repository.model.repo} has no {printable(wanted)}",
        f"It has {', '.join(names)}{more}" if names else "It has no GGUF files",
    )


def _model_row(model: HubModel) -> tuple[str, ...]:
    return (
        model.repo,
        count_text(model.parameters) if model.parameters else "",
        model.architecture or "",
        f"{model.downloads} downloads" if model.downloads is not None else "",
        f"{model.likes} likes" if model.likes is not None else "",
        f"{model.updated:%Y-%m-%d}" if model.updated else "",
        _access(model),
    )


def _access(model: HubModel) -> str:
    return "private" if model.private else "gated" if model.gated else ""


def _repository_text(repository: Repository) -> str:
    model = repository.model
    about = [
        model.repo,
        count_text(model.parameters) if model.parameters else "",
        model.architecture or "",
        f"{model.context_length} tokens" if model.context_length else "",
        model.license or "",
        _access(model),
    ]
    rows = [
        (
            variant.quantization or "",
            size_text(variant.size),
            variant.files[0].path,
            f"{len(variant.files)} parts" if len(variant.files) > 1 else "",
            f"{variant.missing_parts} parts missing" if variant.missing_parts else "",
            "" if variant.role is Role.MODEL else str(variant.role),
        )
        for variant in repository.variants
    ]
    lines = [", ".join(text for text in about if text)]
    if rows:
        lines.append(_table(rows, ("<", ">", "<", "<", "<", "<")))
    lines += [f"Not offered, its name is not safe to write: {name}" for name in repository.refused]
    return "\n".join(lines)


def _table(rows: list[tuple[str, ...]], sides: tuple[str, ...]) -> str:
    """Columns two spaces apart; "<" and ">" say to which side each is aligned."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(sides))]
    lines = []
    for row in rows:
        cells = [
            f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True) if width
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _model_json(model: HubModel) -> dict[str, Any]:
    return {**asdict(model), "updated": model.updated.isoformat() if model.updated else None}


def _repository_json(repository: Repository) -> dict[str, Any]:
    variants = [{**asdict(variant), "size": variant.size} for variant in repository.variants]
    return {
        "schema": SCHEMA,
        **_model_json(repository.model),
        "commit": repository.commit,
        "variants": variants,
        "refused": list(repository.refused),
    }


def _downloaded_json(done: Downloaded) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "repo": done.download.repo,
        "commit": done.download.commit,
        "files": [
            {"path": file.path, "place": str(place), "size": file.size, "checksum": asdict(file.checksum)}
            for file, place in zip(done.download.files, done.files, strict=True)
        ],
        "fetched": done.fetched,
        "shared": done.shared,
        "replaced": done.replaced,
    }
