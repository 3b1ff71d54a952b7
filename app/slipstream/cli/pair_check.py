"""`slipstream models check`: whether a draft fits a target, what both take, and what is to be gained."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from slipstream.cli.evidence_text import estimate_text, measured_text
from slipstream.cli.fit_text import (
    fit_json,
    fit_text,
    parts_text,
    prediction_json,
    prediction_text,
    ratio_text,
    reason_text,
)
from slipstream.cli.machine import surroundings
from slipstream.core.errors import ModelFileError
from slipstream.core.paths import AppPaths
from slipstream.models.catalog import Catalog, CatalogPair
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import Pairing, PairVerdict, ReasonKind
from slipstream.models.prediction import Prediction
from slipstream.models.untrusted import printable

SCHEMA = 1
_ABOUT_VOCABULARIES = (ReasonKind.VOCABULARY, ReasonKind.TAKES_NOTHING_BACK)


def run_check(options: argparse.Namespace, paths: AppPaths) -> int:
    """An unfit pair is status 1, with every reason on stdout. Raises ModelFileError for a file that is no model."""
    target, draft = PairModel.of_path(options.target), PairModel.of_path(options.draft)
    around = surroundings(options, paths)
    verdict = Pairing(target, around).judge(draft)
    if verdict.vocabulary is None:  # one has none: there is nothing to compare
        model = target if target.card.summary.vocabulary is None else draft
        raise ModelFileError(f"{printable(model.name)}: no tokenizer in the file")
    if options.json:
        print(json.dumps(to_json(verdict, around.catalog), indent=1))
    else:
        print(to_text(target, verdict, around.catalog))
    return 0 if speaks_the_same(verdict) else 1


def speaks_the_same(verdict: PairVerdict) -> bool:
    """Whether tokens can be handed over and taken back: a vocabulary without weights can be asked about, too."""
    return not any(reason.kind in _ABOUT_VOCABULARIES for reason in verdict.unfit)


def to_text(target: PairModel, verdict: PairVerdict, catalog: Catalog | None) -> str:
    """The verdict first, then every reason, then figures in aligned rows."""
    if speaks_the_same(verdict):
        size = target.card.summary.vocabulary.size if target.card.summary.vocabulary else 0
        lines = [f"The pair fits: same vocabulary ({size} tokens)."]
    else:
        lines = ["The draft does not fit this target:"]
    lines += [f"  - {printable(reason_text(reason), 400)}" for reason in verdict.unfit]
    if verdict.doubts and speaks_the_same(verdict):
        lines += ["Before you use it:", *(f"  - {reason_text(reason)}" for reason in verdict.doubts)]
    rows = [("Size", ratio_text(verdict))]
    if verdict.fit is not None:
        rows.append(("Memory", fit_text(verdict.fit)))
        rows.append(("  target", parts_text(verdict.fit.target)))
        rows.append(("  draft", parts_text(verdict.fit.draft) if verdict.fit.draft else None))
    if verdict.prediction is not None and speaks_the_same(verdict):
        rows += _speed_rows(verdict.prediction)
    if verdict.known is not None and catalog is not None:
        rows.append(("Known as", _known_text(verdict.known, catalog)))
    return "\n".join([*lines, *(f"{label:<9} {text}" for label, text in rows if text)])


def _speed_rows(prediction: Prediction) -> list[tuple[str, str | None]]:
    """What is to be expected, and what ran here before."""
    history, estimate = prediction.benchmarks, prediction.estimate
    return [
        ("Speed-up", prediction_text(prediction)),
        ("Measured", measured_text(history) if history else None),
        ("Estimated", estimate_text(estimate) if estimate and not prediction.is_measured else None),
    ]


def _known_text(known: CatalogPair, catalog: Catalog) -> str:
    source = catalog.source(known)
    where = f"{source.title}, {source.url}" if source.url else source.title
    return f"{known.standing}: {known.note} ({where})"


def to_json(verdict: PairVerdict, catalog: Catalog | None) -> dict[str, Any]:
    """`reasons` are those of the vocabularies, and what else forbids drafting."""
    vocabulary = verdict.vocabulary
    first = vocabulary.first_difference if vocabulary else None
    known = verdict.known
    return {
        "schema": SCHEMA,
        "fits": speaks_the_same(verdict),
        "reasons": [reason_text(reason) for reason in verdict.unfit],
        "differences": vocabulary.differences if vocabulary else None,
        "first_difference": asdict(first) if first else None,
        "suitability": verdict.suitability,
        "doubts": [{"kind": doubt.kind, "text": reason_text(doubt)} for doubt in verdict.doubts],
        "size_ratio": verdict.size_ratio,
        "memory": fit_json(verdict.fit) if verdict.fit else None,
        "speedup": prediction_json(verdict.prediction) if verdict.prediction else None,
        "known": {**asdict(known), "source": asdict(catalog.source(known))} if known and catalog else None,
    }
