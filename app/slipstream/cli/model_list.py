"""`slipstream models list`: every model on this machine, where it lies, and which of the others can draft for it."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from slipstream.cli.progress import Progress
from slipstream.core.amounts import size_text
from slipstream.core.paths import AppPaths
from slipstream.core.settings import load_settings
from slipstream.models.figures import count_text
from slipstream.models.library import LibraryModel
from slipstream.models.our_library import open_library
from slipstream.models.places import Place, PlaceKind
from slipstream.models.relations import drafts_by_target
from slipstream.models.untrusted import printable

SCHEMA = 1
_TITLES = {
    PlaceKind.OWN: "Slipstream",
    PlaceKind.ADDED: "Added folder",
    PlaceKind.HUGGING_FACE: "Hugging Face cache",
    PlaceKind.LM_STUDIO: "LM Studio",
    PlaceKind.OLLAMA: "Ollama",
    PlaceKind.LLAMA_CPP: "llama.cpp's cache",
}


def run_list(options: argparse.Namespace, paths: AppPaths) -> int:
    """List them. A file that cannot be used is listed with its reason, and changes nothing in the status."""
    progress = Progress(sys.stderr, quiet=False)
    settings, odd = load_settings(paths.settings_file)
    if odd:
        progress.line(odd)
    library = open_library(paths, [*settings.model_folders, *map(str, options.folder)])
    models = []
    for model in library.scan():
        models.append(model)
        progress.show(f"{len(models)} models, {printable(model.name, 60)}")
    drafts = drafts_by_target(models)
    progress.clear()
    try:
        library.save()
    except OSError as error:
        progress.line(f"what was read is not kept for the next time: {error.strerror or error}")
    if options.json:
        print(json.dumps(_json(models, drafts, library.places, library.problems), indent=1))
    else:
        print(to_text(models, drafts))
        for problem in library.problems:
            progress.line(printable(problem))
    return 0


def to_text(models: Sequence[LibraryModel], drafts: Mapping[Path, tuple[Path, ...]]) -> str:
    """One line a model, place by place and folder by folder, in columns."""
    if not models:
        return "No models on this machine. `slipstream models download REPO FILE` gets one."
    names = {model.path: model.name for model in models}
    rows = [(model, _cells(model)) for model in models]
    widths = [max(len(cells[i]) for _, cells in rows) for i in range(5)]
    lines: list[str] = []
    heading = ""
    for model, cells in rows:
        place = f"{_TITLES[model.place]}: {_folder(model)}"
        if place != heading:
            lines += [""] * bool(lines) + [printable(place)]
            heading = place
        told = "  ".join(
            f"{cell:<{width}}" if i == 0 else f"{cell:>{width}}"
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        line = f"  {told}".rstrip()
        if model.problem:
            line += f"  ({printable(model.problem)})"
        elif model.path in drafts:
            first, *others = drafts[model.path]
            more = f" and {len(others)} more" if others else ""
            line += f"  draft: {printable(names[first], 60)}{more}"
        lines.append(line)
    return "\n".join(lines)


def _cells(model: LibraryModel) -> tuple[str, ...]:
    """Name, parameters, quantization, size, context."""
    summary = model.card.summary if model.card else None
    context = summary.context_length if summary else None
    return (
        printable(model.name, 60),
        count_text(summary.parameters) if summary and summary.parameters else "",
        printable(summary.quantization or "", 20) if summary else "",
        size_text(model.size) if model.size else "",
        f"{context} tokens" if context is not None else "",
    )


def _folder(model: LibraryModel) -> str:
    if model.repository is not None:
        return model.repository
    return str(model.path.parent)


def _json(
    models: Sequence[LibraryModel],
    drafts: Mapping[Path, tuple[Path, ...]],
    places: Sequence[Place],
    problems: Sequence[str],
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "models": [_model_json(model, drafts.get(model.path, ())) for model in models],
        "places": [{"kind": place.kind, "folder": str(place.folder)} for place in places],
        "problems": list(problems),
    }


def _model_json(model: LibraryModel, drafts: Sequence[Path]) -> dict[str, Any]:
    """A file that cannot be read has its reason, and no summary."""
    card = model.card
    summary = card.summary if card else None
    return {
        "path": str(model.path),
        "name": model.name,
        "place": model.place,
        "repository": model.repository,
        "size": model.size,
        "problem": model.problem,
        "architecture": summary.architecture if summary else None,
        "title": summary.name if summary else None,
        "parameters": summary.parameters if summary else None,
        "quantization": summary.quantization if summary else None,
        "context_length": summary.context_length if summary else None,
        "license": summary.license if summary else None,
        "parts": len(summary.parts) if summary else None,
        "vocabulary": card.vocabulary_digest if card else None,
        "drafts": [str(path) for path in drafts],
    }
