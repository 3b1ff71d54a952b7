"""Answers as an engine would tell them, for the store to keep."""

from slipstream.core.chat import Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.events import ModelInfo, Origin, PairLoaded, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import Phase, RunStats, StepRecord, StopReason, measure, measure_phases

BUILD = "llama-cpp-python 0.3.36"
TARGET = ModelInfo(
    "/models/target \udcff.gguf",
    "Target",
    "qwen2 1.5B",
    1_500_000_000,
    986_000_000,
    28,
    29,
    ("CPU",),
    151_936,
    32_768,
)
DRAFT = ModelInfo("/models/draft.gguf", "Draft", "qwen2 0.5B", 5, 6, 24, 0, ("CPU", "GPU0"), 151_936, 32_768)
PAIR = PairLoaded(TARGET, DRAFT, None, 4096, 2, "AVX2 = 1", True, None)
LONE = PairLoaded(TARGET, None, "the draft is missing", 4096, 2, "AVX2 = 1", False, "no template")
REQUEST = GenerateRequest(
    sampling=Sampling(temperature=0.0, top_k=0),
    speculation=Speculation(Drafting.MODEL, draft_max=4),
    max_tokens=100,
    seed=7,
    stop=("\n\n", "END"),
)


def make_step(
    index: int, *words: str, phase: Phase = Phase.ANSWER, drafted: int = 0, stop: StopReason | None = None
) -> StepDone:
    """A step that emits one token a word; all but the last of them were drafted and kept."""
    accepted = min(drafted, len(words) - 1)
    record = StepRecord(
        index=index,
        drafter="model" if drafted else "none",
        rule="match",
        phase=phase,
        position=100 + index,
        limit=4,
        drafted=tuple(1000 + i for i in range(drafted)),
        accepted=accepted,
        emitted=tuple(1000 + i for i in range(len(words))),
        target_probs=tuple(0.1 + i / 7 for i in range(drafted)),
        draft_probs=tuple(None if i % 2 else 1 / 3 for i in range(drafted)),
        draft_ms=1.1 * drafted,
        verify_ms=20.3,
        sample_ms=0.7,
        other_ms=0.05,
        t_ms=100.0 + 25.123456789 * index,
        stop_reason=stop,
    )
    origins = [Origin.ACCEPTED] * accepted + [Origin.RECOVERED if drafted else Origin.PLAIN]
    pieces = tuple(
        TextPiece(word, phase, origin, 10 * index + i)
        for i, (word, origin) in enumerate(zip(words, origins, strict=True))
    )
    return StepDone(record, pieces)


ANSWER = (
    make_step(1, "Let", phase=Phase.THINK),
    make_step(2, " me", " see.", "\n", phase=Phase.THINK, drafted=4),
    make_step(3, "It", " is", drafted=2),
    make_step(4, " 4", drafted=3, stop=StopReason.END_OF_TURN),
)
TAIL = (TextPiece("2.", Phase.ANSWER, Origin.RECOVERED, 40),)


def make_finished(
    steps: tuple[StepDone, ...] = ANSWER, tail: tuple[TextPiece, ...] = TAIL, notes: tuple[str, ...] = ()
) -> RunFinished:
    """The end of a run with these steps."""
    records = [step.record for step in steps]
    pieces = [piece for step in steps for piece in step.pieces] + list(tail)
    thinking = "".join(piece.text for piece in pieces if piece.phase is Phase.THINK)
    answer = "".join(piece.text for piece in pieces if piece.phase is Phase.ANSWER)
    stats = RunStats(
        metrics=measure(records),
        phases=measure_phases(records),
        text=f"<think>\n{thinking}</think>\n{answer}",
        thinking=thinking.rstrip(),
        answer=answer,
        tokens=tuple(token for record in records for token in record.emitted),
        prompt_tokens=99,
        reused_tokens=60,
        prefill_ms=80.25,
        draft_prefill_ms=12.5,
        ttft_ms=records[0].t_ms if records else None,
        total_ms=records[-1].t_ms if records else None,
        stop_reason=StopReason.END_OF_TURN,
        seed=2**64 - 1,
        decode_ms=70.5,
        notes=notes,
    )
    return RunFinished(stats, tail)
