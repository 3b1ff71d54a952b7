"""What a request means where it leaves something open."""

import pytest

from slipstream.core.chat import Speculation


@pytest.mark.parametrize(
    ("draft_max", "lookup", "first"),
    [(None, None, True), (4, None, False), (0, None, False), (None, False, False), (4, True, True)],
)
def test_lookup_goes_with_an_automatic_length_unless_told(
    draft_max: int | None, lookup: bool | None, first: bool
) -> None:
    assert Speculation(draft_max=draft_max, lookup=lookup).lookup_first is first
