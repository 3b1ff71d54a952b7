"""Measures a loaded pair thoroughly: what the automatic pace starts from, and the draft's best number of threads.

`costing` looks quickly, once, at what is not known; this takes about a minute, when a person asks for it. Every pass
measures everything once, in an order drawn anew, so that a drift of the machine falls on all alike; medians are kept.
"""

import random
import statistics
from collections.abc import Callable
from functools import partial
from time import perf_counter

from slipstream.core.costs import CostTable, PairRecord
from slipstream.core.events import LoadProgress
from slipstream.core.tuning import TuneReport, choose_threads
from slipstream.engine.context import Context
from slipstream.engine.costing import decode_ms, read_up_to
from slipstream.engine.pair import Pair

POSITION = 256  # tokens in the cache while measuring
VERIFIED = (*range(1, 18), 24, 32, 48, 64)
CAUGHT_UP = (2, 4, 64)  # tokens the draft reads at once
DRAFTED_IN_A_ROW = 4
FEWEST, MOST = 3, 15  # passes

Job = tuple[str, int]  # "verify" | "catch up" by tokens; "draft" by threads


def tune_pair(
    pair: Pair, record: PairRecord, progress: Callable[[LoadProgress], None], seconds: float
) -> TuneReport:
    """Measure for about so many seconds, write what was found into `record`, and have the draft use its threads.

    At least `FEWEST` passes, which takes longer with large models. Raises StoppedError, DecodeError; then `record`
    and the draft's threads are as before.
    """
    threads, before = pair.loaded.threads, pair.draft.threads if pair.draft else None
    position = min(POSITION, *(c.n_ctx // 2 for c in (pair.target, pair.draft) if c))
    jobs = _jobs(pair, position)
    try:
        times, passes = _measured(jobs, progress, seconds)
    except BaseException:
        if pair.draft is not None and before is not None:
            pair.draft.set_threads(before)
        raise
    finally:
        for context in (pair.target, pair.draft):
            if context is not None:
                context.trim(0)
    by_threads = {n: ms for (kind, n), ms in times.items() if kind == "draft"}
    report = TuneReport(
        position=position,
        passes=passes,
        threads=threads,
        verify_ms={n: ms for (kind, n), ms in sorted(times.items()) if kind == "verify"},
        thread_ms=dict(sorted(by_threads.items())),
        draft_threads=choose_threads(by_threads, threads) if by_threads else None,
    )
    caught_up = {n: ms for (kind, n), ms in times.items() if kind == "catch up"}
    _keep(report, caught_up, record)
    if pair.draft is not None and report.draft_threads is not None:
        pair.draft.set_threads(report.draft_threads)
    return report


def _jobs(pair: Pair, position: int) -> dict[Job, Callable[[], float]]:
    """What to measure; each gives the milliseconds of one decode."""
    target, draft = pair.target, pair.draft
    jobs: dict[Job, Callable[[], float]] = {}
    for n in VERIFIED:
        if position - 1 + n <= target.n_ctx:
            jobs["verify", n] = partial(decode_ms, target, position, n, all_rows=True)
    if draft is not None:
        for n in CAUGHT_UP:
            if position - 1 + n <= draft.n_ctx:
                jobs["catch up", n] = partial(decode_ms, draft, position, n, all_rows=False)
        for threads in thread_counts(pair.loaded.threads):
            jobs["draft", threads] = partial(_draft_ms, draft, position, threads)
    return jobs


def thread_counts(most: int) -> list[int]:
    """1 to `most`; of many, ever sparser ones: a neighbour is as fast."""
    counts = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, most}
    return sorted(count for count in counts if count <= most)


def _draft_ms(draft: Context, position: int, threads: int) -> float:
    """The mean of a few single decodes one after the other, as in drafting."""
    draft.set_threads(threads)
    tokens = read_up_to(draft, position, DRAFTED_IN_A_ROW)
    before = draft.decode_ms
    for n in range(DRAFTED_IN_A_ROW):
        draft.score(tokens[: position + n])
    return (draft.decode_ms - before) / DRAFTED_IN_A_ROW


def _measured(
    jobs: dict[Job, Callable[[], float]], progress: Callable[[LoadProgress], None], seconds: float
) -> tuple[dict[Job, float], int]:
    """The medians, and how many passes they are of."""
    times: dict[Job, list[float]] = {job: [] for job in jobs}
    order = list(jobs)
    shuffle = random.Random(1).shuffle
    passes, planned, started = 0, MOST, perf_counter()
    while passes < planned:
        shuffle(order)
        for done, job in enumerate(order, start=1):
            times[job].append(jobs[job]())
            progress(LoadProgress("costs", (passes + done / len(order)) / planned))
        passes += 1
        a_pass = (perf_counter() - started) / passes
        planned = max(FEWEST, passes, min(planned, int(seconds / a_pass)))
    return {job: statistics.median(values) for job, values in times.items()}, passes


def _keep(report: TuneReport, caught_up: dict[int, float], record: PairRecord) -> None:
    """In place of what was known at this context. The draft's other costs may be of other threads."""
    for n, ms in report.verify_ms.items():
        record.verify.replace(report.position, n, ms, report.passes)
    record.drift = 1.0
    if report.draft_threads is not None:
        record.draft_threads = report.draft_threads
        record.draft_decode = CostTable()
        for n, ms in (caught_up | {1: report.draft_ms}).items():
            record.draft_decode.replace(report.position, n, ms, report.passes)
