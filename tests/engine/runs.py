"""Short ways to ask an engine for an answer and look at what it did."""

from dataclasses import dataclass

from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, Role, Sampling, Speculation
from slipstream.core.costs import RunningMean
from slipstream.core.engine import Engine
from slipstream.core.events import PrefillProgress, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import RunStats, StepRecord

GREEDY = Sampling(temperature=0.0)

# Ways to draft, the automatic ones of a pace that finds out by itself whether it pays.
SPECULATIONS = {
    "model, fixed": Speculation(Drafting.MODEL, 4),
    "model, automatic": Speculation(Drafting.MODEL, lookup=False),
    "lookup before the model": Speculation(Drafting.MODEL),
    "lookup, automatic": Speculation(Drafting.NGRAM),
}


def cheapen(engine: Engine) -> None:
    """Costs of a machine where drafting pays, so that it drafts on any; and nothing known of the drafts."""
    record = engine.measurements()
    assert record is not None
    record.habits.clear()
    for table, costs in (
        (record.verify, {1: 100.0, 2: 101.0, 4: 103.0, 8: 107.0, 16: 115.0, 65: 160.0}),
        (record.draft_decode, {1: 2.0, 2: 2.1, 64: 9.0}),
    ):
        table.cells = {(0, size): RunningMean(ms, 10**6) for size, ms in costs.items()}


@dataclass
class Run:
    stats: RunStats
    records: list[StepRecord]
    pieces: list[TextPiece]
    text: str  # as streamed
    prefills: list[PrefillProgress]


def ask(
    prompt: str | tuple[ChatMessage, ...],
    drafting: Drafting = Drafting.NONE,
    length: int | None = 4,
    **fields: object,
) -> GenerateRequest:
    """A greedy request for 48 tokens, unless `fields` say otherwise."""
    messages = (ChatMessage(Role.USER, prompt),) if isinstance(prompt, str) else prompt
    values: dict[str, object] = {
        "messages": messages,
        "sampling": GREEDY,
        "speculation": Speculation(drafting, length, lookup=False),
        "max_tokens": 48,
        "seed": 7,
    }
    return GenerateRequest(**{**values, **fields})  # type: ignore[arg-type]  # checked by the dataclass's users


def run(engine: Engine, request: GenerateRequest) -> Run:
    """Play a request to its end."""
    records, pieces, prefills, text = [], [], [], ""
    for event in engine.generate(request):
        if isinstance(event, PrefillProgress):
            prefills.append(event)
            continue
        pieces += event.pieces
        text += event.text
        if isinstance(event, StepDone):
            records.append(event.record)
        elif isinstance(event, RunFinished):
            return Run(event.stats, records, pieces, text, prefills)
    raise AssertionError("no RunFinished")
