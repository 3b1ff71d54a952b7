"""Draft models beside the pair's own: loaded for a comparison, each with what is known of it, and freed with it.

They are loaded, and what they cost is measured, before anything is compared. All drafts begin alike: with as much of
the prompt read as the pair's own had, as if each had been that one. (docs/decisions/0015-side-by-side.md)
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np

from slipstream.core.chat import PairSpec
from slipstream.core.costs import PairRecord
from slipstream.core.engine import Listener
from slipstream.core.errors import DecodeError, LoadError
from slipstream.core.events import LoadProgress
from slipstream.core.measurements import Measurements
from slipstream.core.side_by_side import SideBySide, SideSpec
from slipstream.engine.context import NativeStopFlag, StoppedError
from slipstream.engine.costing import measure_pair
from slipstream.engine.pair import Pair, close_context, with_draft
from slipstream.engine.records import record_key

log = logging.getLogger(__name__)


class OtherDrafts(AbstractContextManager["OtherDrafts"]):
    """The drafts that `asked` names; leaving the context frees them."""

    def __init__(self, pair: Pair, record: PairRecord, spec: PairSpec, asked: SideBySide) -> None:
        """`spec`: as what `pair` was loaded."""
        self._own = (pair, record)
        self._spec = spec
        self._bytes = asked.draft_bytes
        named = (side.draft for side in asked.sides if side.drafts_by_model and self._is_other(side))
        self._wanted = tuple(dict.fromkeys(named))
        self._loaded: dict[str, tuple[Pair, PairRecord]] = {}

    def load(self, known: Measurements, progress: Listener, stop: NativeStopFlag) -> None:
        """Load and measure all of them. Raises ModelFileError, LoadError; LoadError too where it is stopped."""
        try:
            for number, name in enumerate(self._wanted):
                self._load(name, known, _part(progress, number, len(self._wanted)), stop)
            for number, (other, record) in enumerate(self._loaded.values() if self._spec.measure else ()):
                self._measure(other, record, _part(progress, number, len(self._wanted)))
        except StoppedError:
            raise LoadError("Loading was cancelled") from None

    def of(self, side: SideSpec) -> tuple[Pair, PairRecord]:
        """The pair that this side is written with, and what is known of it."""
        return self._loaded.get(side.draft, self._own)

    @property
    def records(self) -> list[PairRecord]:
        """What is known of them by now."""
        return [record for _pair, record in self._loaded.values()]

    def even_out(self, prompt: Sequence[int]) -> None:
        """Have them read as much of the prompt as the pair's own draft, or without one the target, has in its cache.

        Raises StoppedError, DecodeError.
        """
        pair, _record = self._own
        tokens = np.asarray(prompt, np.int32)
        known = tokens[: (pair.draft or pair.target).common_prefix(tokens)]
        for other, _ in self._loaded.values():
            if other.draft is not None and len(known):
                for _progress in other.draft.prefill(known):
                    pass

    def __exit__(self, *_why: object) -> None:
        for other, _record in self._loaded.values():
            close_context(other.draft)
        self._loaded.clear()

    def _load(self, name: str, known: Measurements, progress: Listener, stop: NativeStopFlag) -> None:
        pair, _record = self._own
        spec = replace(self._spec, draft=Path(name), draft_bytes=self._bytes.get(name))
        other = with_draft(pair, spec, progress, stop)
        assert other.draft is not None  # or it would have been refused
        record = known.pair(*record_key(spec, other.loaded))
        self._loaded[name] = other, record
        if record.draft_threads is not None:
            other.draft.set_threads(record.draft_threads)

    def _measure(self, pair: Pair, record: PairRecord, progress: Listener) -> None:
        """What is not known of it yet; a failure leaves it to be learned from the steps."""
        try:
            measure_pair(pair, record, progress)
        except DecodeError as error:
            log.warning("costs were not measured: %s", error.message)

    def _is_other(self, side: SideSpec) -> bool:
        """Whether it drafts with a model that is not loaded."""
        pair, _record = self._own
        is_own = (
            pair.draft is not None and self._spec.draft is not None and Path(side.draft) == self._spec.draft
        )
        return bool(side.draft) and not is_own


def _part(progress: Listener, number: int, count: int) -> Listener:
    """Tells of one load among several as of a part of the whole."""

    def tell(event: LoadProgress) -> None:
        progress(replace(event, fraction=(number + event.fraction) / count))

    return tell
