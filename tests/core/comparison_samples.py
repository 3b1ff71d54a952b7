"""Comparisons as they are kept, made up: three sides, two passes, texts that part."""

from dataclasses import replace
from datetime import UTC, datetime

from report_samples import DRAFT, PAIR, SLY

from slipstream.core.chat import (
    AcceptRule,
    ChatMessage,
    Drafting,
    GenerateRequest,
    Role,
    Sampling,
    Speculation,
)
from slipstream.core.compared import Counts, KeptComparison, KeptPass, KeptSegment, KeptSide, PassEnd, Stage
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase, StopReason
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.side_by_side import Candidate, Parting, Segment, SideSpec

AUTO = SideSpec(Speculation(Drafting.MODEL))
OTHER = SideSpec(Speculation(Drafting.MODEL, 4, accept=AcceptRule.TOKEN), "/models/Other, one.Q4_0.gguf")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def make_pass(
    ms: float, segments: int = 6, tokens: int = 8, *, word: str = "word", end: bool = True
) -> KeptPass:
    """Segments of single tokens `ms` apart, the first half thinking; one token more after the last."""
    made = []
    for number in range(1, segments + 1):
        first = (number - 1) * tokens
        ids = tuple(range(first, first + tokens))
        gaps = tuple(ms * (1 + 0.02 * (place % 3)) for place in range(tokens - 1))
        made.append(
            KeptSegment(
                Segment(number, tokens, sum(gaps) + ms, tokens - 1, gaps, 1.5),
                began_ms=100.0 + first * ms,
                counts=Counts(tokens // 2, tokens, tokens // 2),
                tokens=ids,
                pieces=tuple(
                    TextPiece(f"{word}{i} ", Phase.THINK if i < 12 else Phase.ANSWER, Origin.ACCEPTED, i)
                    for i in ids
                ),
            )
        )
    last = segments * tokens
    ended = PassEnd(
        stop_reason=StopReason.STOPPED,
        prompt_tokens=30,
        prefill_ms=90.0,
        draft_prefill_ms=10.0,
        ttft_ms=110.0,
        total_ms=100.0 + (last + 1) * ms,
        counts=Counts(1, 0, 0),
        tokens=(last,),
        pieces=(TextPiece("end", Phase.ANSWER, Origin.PLAIN, last),),
    )
    return KeptPass(tuple(made), ended if end else None)


def make_comparison(uid: str = "one", prompt: str = "Two lines\nof a prompt") -> KeptComparison:
    """No drafting, automatic drafting at twice the speed, and another draft a third slower."""
    likeliest = (Candidate(" the", 9.01, 0.31), Candidate("\n", 9.0, 0.307))
    return KeptComparison(
        uid=uid,
        created=NOON,
        prompt=prompt,
        request=GenerateRequest(
            messages=(ChatMessage(Role.SYSTEM, "Be brief."), ChatMessage(Role.USER, prompt)),
            sampling=Sampling(temperature=0.0),
            max_tokens=64,
        ),
        pair=PAIR,
        build="llama-cpp-python 0.3.36",
        sides=(
            KeptSide(SideSpec(), None, (make_pass(20.0), make_pass(20.0))),
            KeptSide(AUTO, None, (make_pass(10.0), make_pass(10.0, word="other"))),
            KeptSide(
                OTHER,
                replace(DRAFT, path=OTHER.draft, name="Other"),
                (make_pass(30.0), make_pass(30.0, 3, end=False)),
            ),
        ),
        stage=Stage.STOPPED,
        seeds=(7, 2**40),
        partings=(Parting(1, 3, (" the", "\n"), likeliest),),
        segment=8,
        machine="Linux x86_64 A processor x2",
        version="0.1.0",
    )


def record(
    kept: KeptComparison | None = None, *, has_texts: bool = True, title: str = SLY
) -> ComparisonRecord:
    made = ComparisonRecord(3, title, kept or make_comparison(), True)
    return made if has_texts else made.without_texts()
