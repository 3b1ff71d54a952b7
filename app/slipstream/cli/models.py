"""`slipstream models`: what is in a file, and whether a draft fits a target, from the headers alone."""

import argparse
import json
from dataclasses import asdict

from slipstream.core.errors import NotYetError
from slipstream.core.vocabulary import VocabularyVerdict
from slipstream.models.inspect import check_pair, describe, inspect

SCHEMA = 1


def run_models(options: argparse.Namespace) -> int:
    """Run one action. An unfit pair is status 1, with every reason on stdout."""
    match options.action:
        case "inspect":
            summary = inspect(options.file)
            print(json.dumps(summary.to_json(), indent=1) if options.json else describe(summary))
            return 0
        case "check":
            verdict = check_pair(options.target, options.draft)
            print(json.dumps(_verdict_json(verdict), indent=1) if options.json else _verdict_text(verdict))
            return 0 if verdict.fits else 1
        case other:
            raise NotYetError(f"slipstream models {other}")


def _verdict_json(verdict: VocabularyVerdict) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "fits": verdict.fits,
        "reasons": list(verdict.reasons),
        "differences": verdict.differences,
        "first_difference": asdict(verdict.first_difference) if verdict.first_difference else None,
    }


def _verdict_text(verdict: VocabularyVerdict) -> str:
    if verdict.fits:
        return "The pair fits: same vocabulary."
    return "\n".join(
        ["The draft does not fit this target:", *(f"  - {reason}" for reason in verdict.reasons)]
    )
