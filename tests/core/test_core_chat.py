"""What a request means where it leaves something open."""

import pytest

from slipstream.core.chat import AcceptRule, GenerateRequest, Sampling, Speculation


@pytest.mark.parametrize(
    ("draft_max", "lookup", "first"),
    [(None, None, True), (4, None, False), (0, None, False), (None, False, False), (4, True, True)],
)
def test_lookup_goes_with_an_automatic_length_unless_told(
    draft_max: int | None, lookup: bool | None, first: bool
) -> None:
    assert Speculation(draft_max=draft_max, lookup=lookup).lookup_first is first


@pytest.mark.parametrize("sampling", [Sampling(temperature=0), Sampling(top_k=1)])
def test_greedy_a_lossy_rule_is_the_lossless_one(sampling: Sampling) -> None:
    for accept in AcceptRule:
        asked = GenerateRequest(sampling=sampling, speculation=Speculation(accept=accept))
        assert asked.accept is (AcceptRule.LOSSLESS if accept.changes_output else accept)
        assert GenerateRequest(speculation=Speculation(accept=accept)).accept is accept
