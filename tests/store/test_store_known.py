"""What the store tells of pairs of models: of benchmarks on this machine, and of answers."""

from dataclasses import replace

import pytest
from bench_samples import SETUP, benchmark
from store_samples import BUILD, DRAFT, PAIR, REQUEST, TARGET, make_finished, make_step

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.known_pairs import ModelFile
from slipstream.core.measurements import this_machine
from slipstream.core.metrics import StopReason
from slipstream.store import Store

PLAIN = replace(REQUEST, speculation=Speculation(Drafting.NONE))
WORDS = [f" w{n}" for n in range(3)]
STEPS = tuple(
    make_step(
        n,
        *WORDS[: 1 + (n % 3 if n > 1 else 0)],
        drafted=0 if n == 1 else 3,
        stop=StopReason.END_OF_TURN if n == 40 else None,
    )
    for n in range(1, 41)
)


def answered(store: Store, request: GenerateRequest = REQUEST) -> int:
    """A finished answer of 80 tokens; its conversation."""
    user, answer = store.begin_turn(None, "Six times seven?", request, PAIR, BUILD)
    assert answer.run is not None
    store.finish_answer(answer.run.id, make_finished(STEPS, ()), STEPS)
    return user.conversation_id


def test_nothing_is_known_at_first(store: Store) -> None:
    found = store.known_pairs()
    assert (found.histories, found.answers, found.drafts) == ((), (), ())


def test_benchmarks_of_this_machine_alone(store: Store) -> None:
    here = replace(SETUP, machine=this_machine())
    store.keep_benchmark(benchmark({"code": [1.5] * 6}, setup=here))
    store.keep_benchmark(benchmark({"code": [9.0] * 6}, uid="two"))
    (history,) = store.known_pairs().histories
    assert history.decode.ratio == pytest.approx(1.5)
    assert history.setup == here


def test_answers_with_their_files_and_speed(store: Store) -> None:
    answered(store)
    answered(store, PLAIN)
    plain, drafted = store.known_pairs().answers
    assert plain.draft is None
    assert drafted.draft == ModelFile("draft.gguf", DRAFT.size_bytes, DRAFT.path)
    assert drafted.target == plain.target == ModelFile("target \udcff.gguf", TARGET.size_bytes, TARGET.path)
    assert plain.offloaded  # 29 layers lay on a device
    assert drafted.rate == pytest.approx(plain.rate)


def test_drafts_are_counted_by_how_much_was_kept(store: Store) -> None:
    answered(store)
    answered(store)
    answered(store, PLAIN)
    counts = store.known_pairs().drafts
    assert {(count.drafted, count.accepted): count.steps for count in counts} == {
        (3, 0): 2 * 13,
        (3, 1): 2 * 13,
        (3, 2): 2 * 13,
    }


@pytest.mark.parametrize(
    "request_",
    [
        replace(REQUEST, speculation=Speculation(Drafting.NGRAM)),
        replace(
            REQUEST, speculation=Speculation(Drafting.MODEL, accept=AcceptRule.TYPICAL), sampling=Sampling()
        ),
    ],
)
def test_what_says_nothing_of_the_pair_is_left_out(store: Store, request_: GenerateRequest) -> None:
    answered(store, request_)
    found = store.known_pairs()
    assert (found.answers, found.drafts) == ((), ())


def test_deleted_and_short_answers_say_nothing(store: Store) -> None:
    store.delete_conversation(answered(store))
    _, answer = store.begin_turn(None, "Short?", REQUEST, PAIR, BUILD)
    assert answer.run is not None
    store.finish_answer(answer.run.id, make_finished(STEPS[:4], ()), STEPS[:4])
    assert store.known_pairs().answers == ()
