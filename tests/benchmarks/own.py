"""Our engine as a benchmark drives it: one conversation after the other, each with nothing of the one before.

A person's engine keeps what it learned about a pair, but finds nothing of another conversation in its caches. So a
request of one token that shares no prefix comes between any two answers: the caches of both models and the lookup
follow it. (Without it the second answer to a prompt would be looked up in the first.)
"""

from rows import Answer, Step

from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Sampling, Speculation
from slipstream.core.events import PrefillProgress, RunFinished
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import RunStats, StepRecord
from slipstream.engine.chat_format import ChatFormat
from slipstream.engine.model import Model
from slipstream.engine.session import LocalEngine

ANOTHER = "Chapter 7. It rained all night, and nobody in the harbour slept."  # no template begins like this
MOST_REUSED = 1  # a BOS token


class OwnEngine:
    """A loaded pair, whose record in `known` it goes on filling.

    Raises RuntimeError where the draft that was asked for cannot be used.
    """

    def __init__(self, spec: PairSpec, known: Measurements) -> None:
        self._engine = LocalEngine()
        self._engine.know(known)
        self._has_draft = spec.draft is not None
        loaded = self._engine.load(spec, lambda _progress: None)
        if loaded.draft_problem:
            self._engine.close()
            raise RuntimeError(loaded.draft_problem)

    def close(self) -> None:
        self._engine.close()

    def answer(
        self, prompt: str, speculation: Speculation, temperature: float, max_tokens: int, seed: int
    ) -> Answer:
        """One answer. Raises RuntimeError where a cache still held something of before, or the run had a note."""
        self._forget()
        request = GenerateRequest(
            messages=(ChatMessage(Role.USER, prompt),),
            sampling=Sampling(temperature=temperature, top_p=0.95, top_k=40),
            speculation=speculation,
            max_tokens=max_tokens,
            seed=seed,
        )
        reused = 0
        records: list[StepRecord] = []
        stats: RunStats | None = None
        for event in self._engine.generate(request):
            if isinstance(event, PrefillProgress):
                reused = max(reused, event.reused)
            elif isinstance(event, RunFinished):
                stats = event.stats
            else:
                records.append(event.record)
        assert stats is not None
        if reused > MOST_REUSED:
            raise RuntimeError(f"{reused} tokens of the prompt were still in a cache")
        if stats.notes:
            raise RuntimeError("; ".join(stats.notes))
        return _answer(stats, records)

    def _forget(self) -> None:
        speculation = Speculation(Drafting.MODEL if self._has_draft else Drafting.NGRAM, 1, lookup=True)
        for _event in self._engine.generate(
            GenerateRequest(raw=ANOTHER, speculation=speculation, max_tokens=1, seed=0)
        ):
            pass


class PromptReader:
    """A prompt as the tokens of the target's template, for those who take tokens."""

    def __init__(self, spec: PairSpec) -> None:
        self._model = Model(spec.target, vocab_only=True)
        self._format = ChatFormat(self._model)

    def tokens(self, prompt: str) -> tuple[int, ...]:
        return tuple(self._format.prompt((ChatMessage(Role.USER, prompt),)).tokens)

    def close(self) -> None:
        self._model.close()


def _answer(stats: RunStats, records: list[StepRecord]) -> Answer:
    metrics = stats.metrics
    steps_ms = metrics.draft_ms + metrics.verify_ms + metrics.sample_ms + metrics.other_ms
    return Answer(
        tokens=stats.tokens,
        first_chunk=len(records[0].emitted),
        ttft_ms=stats.ttft_ms or 0.0,
        total_ms=stats.total_ms or 0.0,
        prefill_ms=stats.prefill_ms,
        draft_prefill_ms=stats.draft_prefill_ms,
        drafted=metrics.drafted,
        accepted=metrics.accepted,
        outside_share=1 - stats.decode_ms / steps_ms,
        steps=tuple(_step(record) for record in records),
    )


def _step(record: StepRecord) -> Step:
    return Step(
        record.drafter,
        len(record.drafted),
        record.accepted,
        len(record.emitted),
        round(record.draft_ms, 3),
        round(record.verify_ms, 3),
        round(record.sample_ms + record.other_ms, 3),
    )
