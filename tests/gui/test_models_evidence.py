"""What ran on this machine, in the Models window: from the store to the words beside a draft."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench_samples import SETUP, benchmark
from models_desk import ModelsHands, open_models

from slipstream.bridge.bench_messages import KeepBenchmark
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.setup import BenchModel
from slipstream.core.measurements import this_machine
from slipstream.models.pair_model import PairModel
from slipstream.models.prediction import Estimate
from slipstream.ui.models.evidence import estimate_sentence

GAINS = [1.5, 1.6, 1.7, 1.55, 1.65, 1.62]


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hands(qtbot, tmp_path, themes):
    """Big and Small on this machine; Big is loaded."""
    with open_models(qtbot, tmp_path, themes, "Big", "Small") as hands:
        hands.desk.desk.load(hands.places["Big"])
        yield hands


def model(path: Path) -> BenchModel:
    card = PairModel.of_path(path).card
    return BenchModel(path.name, "c" * 64, "llama", card.shape.weights, 2, 0, ("CPU",))


def measured(hands: ModelsHands, gains: dict[str, list[float]], uid: str = "one") -> Benchmark:
    """As if it had been measured with these two files on this machine."""
    target, draft = (model(hands.places[name]) for name in ("Big", "Small"))
    setup = replace(SETUP, target=target, draft=draft, machine=this_machine())
    return benchmark(gains, setup=setup, uid=uid)


def keep(hands: ModelsHands, *benchmarks: Benchmark) -> None:
    for each in benchmarks:
        hands.session._store.ask(KeepBenchmark(each))


def small(hands: ModelsHands):
    """The card of the draft."""
    cards = hands.window.library.details.drafts.local
    return next((card for card in cards if card.name.text() == "Small-F16.gguf"), None)


def says(hands: ModelsHands, words: str) -> bool:
    card = small(hands)
    return card is not None and words in card.words


def test_what_a_benchmark_measured_stands_beside_the_draft(hands: ModelsHands) -> None:
    keep(hands, measured(hands, {"code": GAINS, "open": [0.98] * 6}))
    hands.open()
    hands.wait(lambda: says(hands, "Measured here: 1.60× (1.5"))
    words = small(hands).words
    assert "on code, 0.98× (0.98–0.98) on open questions; all together 1.25× (" in words
    assert "over 12 prompts (temperature 0)." in words
    assert "guessed" not in words


def test_what_is_measured_meanwhile_is_told_at_once(hands: ModelsHands) -> None:
    hands.open()
    hands.judged()
    assert says(hands, "guessed")
    keep(hands, measured(hands, {"code": [0.8, 0.8]}))
    hands.wait(lambda: says(hands, "Measured here so far: 0.80× on code, over 2 prompts"))
    assert says(hands, "That is too little to be sure.")
    assert says(hands, "guessed")
    keep(hands, measured(hands, {"code": [0.9, 0.92, 0.91, 0.93, 0.9, 0.89]}, uid="two"))
    hands.wait(lambda: says(hands, "Drafting with it did not pay when that was measured here."))
    assert small(hands).badge.text() == "doubtful"


def test_of_another_machine_nothing_is_said(hands: ModelsHands) -> None:
    other = measured(hands, {"code": GAINS})
    keep(hands, replace(other, setup=replace(other.setup, machine="Another one x64")))
    hands.open()
    hands.wait(lambda: hands.session.known_pairs.pairs is not None and says(hands, "guessed"))
    assert not says(hands, "Measured")


def test_answers_are_called_an_estimate() -> None:
    said = estimate_sentence(Estimate(30.0, 20.0, 14, 9))
    assert said == (
        "Estimated: 14 answers here were written about 1.50× as fast as without drafting, to other prompts."
    )
