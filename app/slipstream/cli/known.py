"""What ran on this machine before, for commands that judge pairs: read from the store, where nobody else has it."""

import sys

from slipstream.core.errors import StoreError
from slipstream.core.known_pairs import KnownPairs
from slipstream.core.paths import AppPaths


def known_pairs(paths: AppPaths) -> KnownPairs:
    """A help, never a need: where it cannot be read, a line on stderr says so."""
    if not paths.database.exists():
        return KnownPairs()
    from slipstream.store import Store  # noqa: PLC0415  # most commands need no database
    from slipstream.store.benchmark_files import BenchmarkFiles  # noqa: PLC0415

    try:
        with Store.open(paths.database, back_up=False) as store:
            BenchmarkFiles().take_over(store)
            return store.known_pairs()
    except StoreError as error:
        print(f"What was measured here before is left out: {error.message}", file=sys.stderr)
        return KnownPairs()
