"""Pairs that are known from what others have published, as data with sources: `resources/catalog.json`.

A list is a help in finding a draft and never the judge of one: whether two models speak the same tokens is compared
token by token (`pairing`). What the catalog refuses, it refuses with a reason a person can look up.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from slipstream.models.plain_json import from_json

SCHEMA = 1


class Standing(StrEnum):
    """What is known of a pair."""

    RECOMMENDED = "recommended"
    PLAUSIBLE = "plausible"  # fits, and nobody has published figures
    WEAK = "weak"  # fits, and has little to gain
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CatalogModel:
    """A model by the names its files and headers carry: lower case, words joined by "-"."""

    id: str
    title: str
    architecture: str
    names: tuple[str, ...]
    repositories: tuple[str, ...]  # on the hub, the best first
    quantization: str  # which of a repository's files to take


@dataclass(frozen=True, slots=True)
class CatalogPair:
    target: str  # CatalogModel.id
    draft: str
    standing: str  # a Standing
    note: str
    source: str  # Source.id


@dataclass(frozen=True, slots=True)
class Catalog:
    schema: int
    sources: tuple[Source, ...]
    models: tuple[CatalogModel, ...]
    pairs: tuple[CatalogPair, ...]  # of one target, the best draft first

    def identify(self, architecture: str | None, names: Iterable[str | None]) -> CatalogModel | None:
        """The model that goes by one of these names (of the file, the header, the repository), if it is listed."""
        said = [_words(name) for name in names if name]
        for model in self.models:
            if architecture in (None, model.architecture):
                patterns = [rf"(?<![a-z0-9.]){re.escape(name)}(?![a-z0-9])" for name in model.names]
                if any(re.search(pattern, name) for pattern in patterns for name in said):
                    return model
        return None

    def pair(self, target: CatalogModel | None, draft: CatalogModel | None) -> CatalogPair | None:
        """What is known of a target and a draft."""
        if target is None or draft is None:
            return None
        found = (pair for pair in self.pairs if (pair.target, pair.draft) == (target.id, draft.id))
        return next(found, None)

    def drafts_for(self, target: CatalogModel | None) -> tuple[tuple[CatalogModel, CatalogPair], ...]:
        """The drafts that go with a target, the best first; what is refused is left out."""
        if target is None:
            return ()
        known = {model.id: model for model in self.models}
        return tuple(
            (known[pair.draft], pair)
            for pair in self.pairs
            if pair.target == target.id and pair.standing != Standing.REFUSED
        )

    def source(self, pair: CatalogPair) -> Source:
        return next(source for source in self.sources if source.id == pair.source)


def load_catalog(resources: Path) -> Catalog:
    """The bundled catalog. Raises OSError; ValueError where it is not well-formed."""
    catalog = from_json(Catalog, json.loads((resources / "catalog.json").read_text("utf-8")))
    if catalog.schema != SCHEMA:
        raise ValueError(f"the catalog has schema {catalog.schema}, expected {SCHEMA}")
    models = {model.id for model in catalog.models}
    sources = {source.id for source in catalog.sources}
    for pair in catalog.pairs:
        Standing(pair.standing)
        if not {pair.target, pair.draft} <= models or pair.source not in sources:
            raise ValueError(f"the pair {pair.target}, {pair.draft} names what is not listed")
    return catalog


def _words(name: str) -> str:
    """Lower case, everything that is neither letter, digit nor dot as "-"."""
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-")
