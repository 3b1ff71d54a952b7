"""Reads the steps of an answer out of the store, with what its refused tokens read as. Used on the store's thread."""

from pathlib import Path

from slipstream.bridge.store_messages import StepsRead
from slipstream.core.events import StepDone
from slipstream.core.step_book import RunSteps, refused_tokens
from slipstream.models.token_texts import TokenTexts
from slipstream.store.records import Run
from slipstream.store.store import Store


class StepsReading:
    """Texts come from the model's file, whichever model is loaded; without it there are none."""

    def __init__(self) -> None:
        self._texts = TokenTexts()

    def read(self, store: Store, answer: int, known: int) -> StepsRead:
        """The steps from number `known` on. Raises StoreError."""
        runs = (self._with_texts(run, steps) for run, steps in store.answer_steps(answer, known))
        return StepsRead(answer, known, tuple(runs))

    def _with_texts(self, run: Run, steps: tuple[StepDone, ...]) -> RunSteps:
        target, draft = run.pair.target, run.pair.draft
        texts = self._texts.read(Path(target.path), target.n_vocab, refused_tokens(steps))
        return RunSteps(run.id, target.name, draft.name if draft else None, steps, texts, run.pair)
