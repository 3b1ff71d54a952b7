"""Conversations as the store would hand them over, made up."""

from datetime import UTC, datetime, timedelta

from slipstream.core.chat import GenerateRequest, Role, Sampling
from slipstream.core.events import ModelInfo, Origin, PairLoaded, StepDone, TextPiece
from slipstream.core.metrics import Phase, RunStats, StepRecord, StopReason, measure, measure_phases
from slipstream.core.transfer import SavedConversation, SavedMessage, SavedRun

NOON = datetime(2026, 7, 28, 12, tzinfo=UTC)
MODEL = ModelInfo(
    "/m/R1 \udcff.gguf", "R1 Distill 1.5B", "qwen2 1.5B Q4_K", 15, 9, 28, 0, ("CPU",), 151_936, 32_768
)
PAIR = PairLoaded(MODEL, None, "no draft", 4096, 2, "AVX2 = 1", True)


def step(index: int, word: str, phase: Phase) -> StepDone:
    record = StepRecord(
        index, "model", "block", phase, 100 + index, 4, (5, 6), 1, (5, 7), (0.25, 1 / 3), (0.5, None),
        1.5, 20.25, 0.5, 0.25, 100.0 + 25 * index, None, 0.125,
    )  # fmt: skip
    pieces = (TextPiece(word, phase, Origin.ACCEPTED, index), TextPiece(" ", phase, Origin.RECOVERED, index))
    return StepDone(record, pieces, "a note" if index == 1 else "")


STEPS = (step(1, "Hm", Phase.THINK), step(2, "42", Phase.ANSWER))


def run(steps: tuple[StepDone, ...] = STEPS) -> SavedRun:
    records = [one.record for one in steps]
    stats = RunStats(
        metrics=measure(records),
        phases=measure_phases(records),
        text="<think>\nHm </think>\n\n42 ",
        thinking="",  # in the message
        answer="",
        tokens=(),  # in the steps
        prompt_tokens=9,
        reused_tokens=0,
        prefill_ms=80.5,
        draft_prefill_ms=0.0,
        ttft_ms=125.0,
        total_ms=150.0,
        stop_reason=StopReason.END_OF_TURN,
        seed=2**64 - 1,
        notes=("the draft failed",),
    )
    request = GenerateRequest(sampling=Sampling(temperature=0.0), max_tokens=99, seed=7, stop=("END",))
    return SavedRun(NOON, "llama-cpp-python 0.3.36", request, PAIR, stats, None, steps)


QUESTION = SavedMessage(3, None, Role.USER, "What is six times seven?\n\n```py\n6 * 7", NOON)
ANSWER = SavedMessage(4, 3, Role.ASSISTANT, "42 ", NOON, "Hm <details>", runs=(run(),))
OTHER = SavedMessage(5, 3, Role.ASSISTANT, "It is **42**, so", NOON, interrupted=True)
CONVERSATION = SavedConversation(
    title="Six times seven",
    created=NOON,
    updated=NOON + timedelta(hours=1),
    folder="Maths",
    pinned=True,
    target="/m/R1 \udcff.gguf",
    draft=None,
    unsent="and then",
    settings={"temperature": 0.5},
    current=4,
)
MESSAGES = (QUESTION, ANSWER, OTHER)
BRANCH = (QUESTION, ANSWER)
