"""How records become columns and come back equal.

Token ids are packed as little-endian int32 and probabilities as float64 (None as NaN): a third of JSON's size, and
nothing is rounded. What a person may want to read with any SQLite tool (text pieces, settings, models, metrics)
is JSON.

A version that knows other fields, or other values of an enum, wrote some of what is read: fields that are not known
are left, missing ones and unknown values fall back to what says least.
"""

import json
import math
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.events import ModelInfo, Origin, PairLoaded, StepDone, TextPiece
from slipstream.core.metrics import IclSummary, Metrics, Phase, PositionCount, StepRecord, StopReason, measure
from slipstream.store.text import clean_text

_PHASES = {phase.value: phase for phase in Phase}
_ORIGINS = {origin.value: origin for origin in Origin}
_NO_MODEL = ModelInfo("", "", "", 0, 0, 0, 0, (), 0, 0)
_NO_PAIR = PairLoaded(_NO_MODEL, None, None, 0, 0, "", False)
_NO_METRICS = measure(())


def known[Value: StrEnum, Other](kind: type[Value], value: str | None, fallback: Other) -> Value | Other:
    """The member of this value, where there is one."""
    return kind(value) if value is not None and value in kind else fallback


def _over[Record: (Sampling, Speculation, ModelInfo, PairLoaded, Metrics, IclSummary, PositionCount)](
    blank: Record, data: Mapping[str, Any]
) -> Record:
    """`blank` with those of its fields that were stored."""
    return replace(blank, **{f.name: data[f.name] for f in fields(blank) if f.name in data})


def pack_tokens(tokens: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(tokens)}i", *tokens)


def unpack_tokens(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}i", data)


def pack_probs(probs: Sequence[float | None]) -> bytes:
    return struct.pack(f"<{len(probs)}d", *(math.nan if p is None else p for p in probs))


def unpack_probs(data: bytes) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(p) else p for p in struct.unpack(f"<{len(data) // 8}d", data))


def pieces_to_json(pieces: Iterable[TextPiece]) -> str:
    return json.dumps(
        [(clean_text(p.text), p.phase, p.origin, p.token) for p in pieces],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def pieces_from_json(*texts: str) -> tuple[TextPiece, ...]:
    """The pieces of one or more steps, in their order."""
    steps = json.loads(f"[{','.join(texts)}]")  # at once: a long answer has thousands of steps
    return tuple(
        TextPiece(text, _PHASES.get(phase, Phase.ANSWER), _ORIGINS.get(origin, Origin.PLAIN), token)
        for step in steps
        for text, phase, origin, token in step
    )


RECORD_COLUMNS = (
    "run_id, number, drafter, rule, phase, position, draft_limit, accepted, drafted, emitted, target_probs, "
    "draft_probs, draft_ms, verify_ms, sample_ms, other_ms, t_ms, stop_reason, refused, inserted"
)
STEP_COLUMNS = (
    "run_id, number, drafter, rule, phase, position, draft_limit, accepted, drafted, emitted, target_probs, "
    "draft_probs, draft_ms, verify_ms, sample_ms, other_ms, t_ms, stop_reason, note, pieces, refused, inserted"
)
STEP_INSERT = f"INSERT INTO step ({STEP_COLUMNS}) VALUES ({', '.join('?' * 22)})"


def step_to_row(run_id: int, step: StepDone) -> tuple[Any, ...]:
    """Values in the order of `STEP_COLUMNS`."""
    r = step.record
    return (
        *(run_id, r.index, r.drafter, r.rule, r.phase, r.position, r.limit, r.accepted),
        *(pack_tokens(r.drafted), pack_tokens(r.emitted)),
        *(pack_probs(r.target_probs), pack_probs(r.draft_probs)),
        *(r.draft_ms, r.verify_ms, r.sample_ms, r.other_ms, r.t_ms, r.stop_reason),
        *(clean_text(step.note), pieces_to_json(step.pieces), r.refused, pack_tokens(r.inserted)),
    )


def step_from_row(row: sqlite3.Row) -> StepDone:
    return StepDone(record_from_row(row), pieces_from_json(row["pieces"]), row["note"])


def record_from_row(row: sqlite3.Row) -> StepRecord:
    return StepRecord(
        index=row["number"],
        drafter=row["drafter"],
        rule=row["rule"],
        phase=_PHASES.get(row["phase"], Phase.ANSWER),
        position=row["position"],
        limit=row["draft_limit"],
        drafted=unpack_tokens(row["drafted"]),
        accepted=row["accepted"],
        emitted=unpack_tokens(row["emitted"]),
        target_probs=tuple(p for p in unpack_probs(row["target_probs"]) if p is not None),
        draft_probs=unpack_probs(row["draft_probs"]),
        draft_ms=row["draft_ms"],
        verify_ms=row["verify_ms"],
        sample_ms=row["sample_ms"],
        other_ms=row["other_ms"],
        t_ms=row["t_ms"],
        stop_reason=known(StopReason, row["stop_reason"], None),
        refused=row["refused"],
        inserted=unpack_tokens(row["inserted"]),
    )


def request_to_json(request: GenerateRequest) -> str:
    """How the answer was asked for, without the conversation itself and without the seed (a column)."""
    return json.dumps(
        {
            "sampling": asdict(request.sampling),
            "speculation": asdict(request.speculation),
            "max_tokens": request.max_tokens,
            "stop": request.stop,
            "thinking_budget": request.thinking_budget,
        }
    )


def request_from_json(text: str, seed: int | None) -> GenerateRequest:
    data = json.loads(text)
    blank = GenerateRequest()
    speculation = _over(blank.speculation, data.get("speculation", {}))
    return GenerateRequest(
        sampling=_over(blank.sampling, data.get("sampling", {})),
        speculation=replace(
            speculation,
            drafting=known(Drafting, speculation.drafting, Drafting.NONE),
            accept=known(AcceptRule, speculation.accept, AcceptRule.LOSSLESS),
        ),
        max_tokens=data.get("max_tokens", blank.max_tokens),
        seed=seed,
        stop=tuple(data.get("stop", ())),
        thinking_budget=data.get("thinking_budget"),
    )


def pair_to_json(pair: PairLoaded) -> str:
    return json.dumps(asdict(replace(pair, placement=None)))  # where it lay then says nothing later


def pair_from_json(text: str) -> PairLoaded:
    pair = _over(_NO_PAIR, data := json.loads(text))
    draft = data.get("draft")
    return replace(
        pair, target=_model(data.get("target", {})), draft=None if draft is None else _model(draft)
    )


def _model(data: Mapping[str, Any]) -> ModelInfo:
    model = _over(_NO_MODEL, data)
    return replace(model, devices=tuple(model.devices))


def metrics_to_json(whole: Metrics, phases: Mapping[Phase, Metrics]) -> str:
    return json.dumps({"all": asdict(whole), "phases": {phase: asdict(m) for phase, m in phases.items()}})


def metrics_from_json(text: str) -> tuple[Metrics, dict[Phase, Metrics]]:
    data = json.loads(text)
    phases = {_PHASES[phase]: _metrics(m) for phase, m in data["phases"].items() if phase in _PHASES}
    return _metrics(data["all"]), phases


def _metrics(data: Mapping[str, Any]) -> Metrics:
    return replace(
        _over(_NO_METRICS, data),
        positions=tuple(_over(PositionCount(), count) for count in data.get("positions", ())),
        icl=_over(IclSummary(), data.get("icl", {})),
    )
