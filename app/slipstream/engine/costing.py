"""Measures what the two models' decodes take on this machine, by batch size: what the pace controller starts from.

The sizes are measured one after the other, in passes, so that a drift of the machine falls on all alike. The tokens
are any tokens: a decode's time does not depend on what they say.
"""

from collections.abc import Callable, Sequence

import numpy as np

from slipstream.core.costs import CostTable, PairRecord
from slipstream.core.events import LoadProgress
from slipstream.engine.context import Context
from slipstream.engine.model import Tokens
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
    position = min(POSITION, context.n_ctx // 2)
    for sizes in passes:
        for size in sizes:
            if position - 1 + size > context.n_ctx:
                continue
            table.add(position, size, decode_ms(context, position, size, all_rows=all_rows))
            progress()
    context.trim(0)


def read_up_to(context: Context, position: int, ahead: int) -> Tokens:
    """Have any `position` - 1 tokens in the cache; returns them with `ahead` more, shape (position - 1 + ahead,)."""
    tokens = np.arange(1, position + ahead, dtype=np.int32) % context.model.n_vocab
    if context.common_prefix(tokens) < position - 1:
        context.score(tokens[: position - 1])
    context.trim(position - 1)
    return tokens


def decode_ms(context: Context, position: int, n: int, *, all_rows: bool) -> float:
    """The time inside `llama_decode` for n tokens, the first at `position`; with logits for each, or for the last.

    Raises StoppedError, DecodeError.
    """
    tokens = read_up_to(context, position, n)
    before = context.decode_ms
    if all_rows:
        context.score(tokens[:position], tuple(tokens[position:].tolist()))
    else:
        context.score(tokens)
    return context.decode_ms - before


def measure_pair(pair: Pair, record: PairRecord, progress: Callable[[LoadProgress], None]) -> None:
    """Measure, quickly, what is not known of this pair: a few seconds with models of a few gigabytes.

    What seems too dear for any draft is measured anew, a few loads long, before it is believed.
    Raises StoppedError, DecodeError.
    """
    jobs: list[tuple[Context, CostTable, Sequence[Sequence[int]], bool]] = []
    again = pair.draft is not None and record.is_measured and record.seems_too_dear(POSITION)
    if again or not record.is_measured:
        jobs.append((pair.target, record.verify, QUICK, True))
    if pair.draft is not None and (again or not record.draft_decode.cells):
        jobs.append((pair.draft, record.draft_decode, QUICK_DRAFT, False))
    total = sum(len(sizes) for _context, _table, passes, _rows in jobs for sizes in passes)
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(LoadProgress("costs", done / total))

    for context, table, passes, all_rows in jobs:
        seen = CostTable()
        measure_costs(context, seen, passes, tell, all_rows=all_rows)
        table.replace_by(seen)
