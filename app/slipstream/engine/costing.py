"""Measures what the two models' decodes take on this machine, by batch size: what the pace controller starts from.

The sizes are measured one after the other, in passes, so that a drift of the machine falls on all alike. The tokens
are any tokens: a decode's time does not depend on what they say.
"""

from collections.abc import Callable, Sequence

import numpy as np

from slipstream.core.costs import CostTable, PairRecord
from slipstream.core.events import LoadProgress
from slipstream.engine.context import Context
from slipstream.engine.pair import Pair

POSITION = 64  # tokens in the cache while measuring
QUICK = ((1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32), (1, 2, 3, 4, 6, 8), (1, 2, 4))  # sizes, pass by pass
QUICK_DRAFT = ((1, 2, 64), (1, 2), (1,))


def measure_costs(
    context: Context,
    table: CostTable,
    passes: Sequence[Sequence[int]],
    progress: Callable[[], None],
    *,
    all_rows: bool,
) -> None:
    """Add `llama_decode`'s times of each pass's batch sizes to `table`; sizes the context cannot hold are left out.

    `all_rows`: with logits for each token, as a verification has them; else for the last one, as a draft's catching
    up. Calls `progress` after each decode. Raises StoppedError, DecodeError.
    """
    base = np.arange(1, 1 + min(POSITION, context.n_ctx // 2), dtype=np.int32) % context.model.n_vocab
    context.score(base)
    for sizes in passes:
        for size in sizes:
            if len(base) - 1 + size > context.n_ctx:
                continue
            more = np.arange(1, size, dtype=np.int32) % context.model.n_vocab
            context.trim(len(base) - 1)
            before = context.decode_ms
            if all_rows:
                context.score(base, tuple(more.tolist()))
            else:
                context.score(np.concatenate([base, more]))
            table.add(len(base), size, context.decode_ms - before)
            progress()
    context.trim(0)


def measure_pair(pair: Pair, record: PairRecord, progress: Callable[[LoadProgress], None]) -> None:
    """Measure, quickly, what is not known of this pair: a few seconds with models of a few gigabytes.

    Raises StoppedError, DecodeError.
    """
    jobs: list[tuple[Context, CostTable, Sequence[Sequence[int]], bool]] = []
    if not record.is_measured:
        jobs.append((pair.target, record.verify, QUICK, True))
    if pair.draft is not None and not record.draft_decode.cells:
        jobs.append((pair.draft, record.draft_decode, QUICK_DRAFT, False))
    total = sum(len(sizes) for _context, _table, passes, _rows in jobs for sizes in passes)
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(LoadProgress("costs", done / total))

    for context, table, passes, all_rows in jobs:
        measure_costs(context, table, passes, tell, all_rows=all_rows)
