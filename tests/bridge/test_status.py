"""The sentence is true in every state."""

import pytest
from desk import model_file
from scripted_engine import model_info

from slipstream.bridge.pair import PairState
from slipstream.bridge.status import place, speculation, status
from slipstream.core.chat import Drafting
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.pace import PaceReport, PaceState
from slipstream.core.settings import Settings


def loaded(draft=None, gpu_layers=0, problem=None):
    pair = (
        model_info("/m/Target.gguf", gpu_layers),
        model_info("/m/Draft.gguf", gpu_layers) if draft else None,
    )
    return PairLoaded(*pair, problem, 4096, 2, "", False)


@pytest.mark.parametrize(
    ("settings", "pair", "sentence", "drafting"),
    [
        (
            Settings(draft="/m/Draft.gguf", draft_max=4),
            loaded(draft=True),
            "Target (on the CPU, 30 layers), with the draft Draft (on the CPU, 30 layers). "
            "Drafting is on: the draft model, up to 4 tokens.",
            Drafting.MODEL,
        ),
        (
            Settings(draft="ngram"),
            loaded(gpu_layers=31),
            "Target (on CUDA0, all 30 layers). Drafting is on: n-gram lookup, automatic length.",
            Drafting.NGRAM,
        ),
        (
            Settings(draft="ngram", speculate=False),
            loaded(),
            "Target (on the CPU, 30 layers). Drafting is off: the switch is off.",
            Drafting.NONE,
        ),
        (
            Settings(draft="ngram"),
            loaded(draft=True),
            "Target (on the CPU, 30 layers); the draft Draft (on the CPU, 30 layers) is loaded and not used. "
            "Drafting is on: n-gram lookup, automatic length.",
            Drafting.NGRAM,
        ),
        (
            Settings(),
            loaded(problem="1 token differs; the first is id 9"),
            "Target (on the CPU, 30 layers). Drafting is off: no draft is chosen.",
            Drafting.NONE,
        ),
        (
            Settings(),
            loaded(draft=True),
            "Target (on the CPU, 30 layers); the draft Draft (on the CPU, 30 layers) is loaded and not used. "
            "Drafting is off: no draft is chosen.",
            Drafting.NONE,
        ),
        (
            Settings(),
            loaded(),
            "Target (on the CPU, 30 layers). Drafting is off: no draft is chosen.",
            Drafting.NONE,
        ),
        (
            Settings(draft="/m/Draft.gguf"),
            loaded(problem="1 token differs; the first is id 9"),
            "Target (on the CPU, 30 layers). Drafting is off: 1 token differs; the first is id 9.",
            Drafting.NONE,
        ),
    ],
)
def test_what_is_loaded_and_whether_it_drafts(settings, pair, sentence, drafting):
    told = status(PairState.READY, pair, settings)
    assert told.sentence == sentence
    assert told.drafting is (drafting is not Drafting.NONE)
    assert speculation(settings, pair).drafting is drafting


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        (Settings(draft="ngram"), ""),
        (Settings(draft="ngram", accept="relaxed"), " Relaxed acceptance changes the output while thinking."),
        (Settings(draft="ngram", accept="typical"), " Typical acceptance changes the output."),
        (Settings(draft="ngram", accept="typical", temperature=0.0), ""),  # greedy: it keeps what match keeps
        (Settings(draft="ngram", accept="typical", top_k=1), ""),
    ],
)
def test_a_lossy_rule_is_labelled(settings, label):
    told = status(PairState.READY, loaded(), settings)
    assert told.draft == "Drafting is on: n-gram lookup, automatic length." + label


def test_a_rule_without_a_draft_needs_no_label():
    told = status(PairState.READY, loaded(), Settings(accept="typical"))
    assert told.draft == "Drafting is off: no draft is chosen."


def test_what_stopped_the_draft_is_told_until_the_switch_says_more():
    why = "the draft failed; going on without it"
    told = status(PairState.READY, loaded(draft=True), Settings(draft="/m/Draft.gguf"), trouble=why)
    assert told.draft == f"Drafting stopped: {why}. The next answer tries again."
    off = Settings(draft="/m/Draft.gguf", speculate=False)
    assert status(PairState.READY, loaded(draft=True), off, trouble=why).draft == (
        "Drafting is off: the switch is off."
    )


def test_another_choice_of_who_drafts_ends_the_trouble_of_the_one_before(desk):
    desk.session.choose_draft("ngram")
    desk.engine.note = "lookup failed"
    desk.send("Go")
    assert "lookup failed" in desk.session.status.draft
    desk.session.choose_draft("")
    desk.session.choose_draft("ngram")
    assert desk.session.status.draft.startswith("Drafting is on")


def test_layers_split_between_gpu_and_cpu_are_counted():
    assert place(model_info("/m/T.gguf", 20)) == "19 of 30 layers on CUDA0, the rest on the CPU"
    assert place(model_info("/m/T.gguf", 1)) == "the output on CUDA0, all 30 layers on the CPU"


def test_states_without_a_model():
    assert status(PairState.NONE, None, Settings()).sentence == "No model is loaded."
    assert status(PairState.DOWN, None, Settings()).sentence == "The engine is stopped; nothing is loaded."
    progress = LoadProgress("draft", 0.42)
    assert status(PairState.LOADING, None, Settings(), progress).sentence == "Loading the draft… 42 %"
    waiting = LoadProgress("servers", 0.0)
    assert status(PairState.LOADING, None, Settings(), waiting).sentence == "Waiting for the RPC servers…"


@pytest.mark.parametrize("state", [PairState.LOADING, PairState.MEASURING])
def test_measuring_is_told_with_how_far_it_is(state):
    told = status(state, None, Settings(), LoadProgress("costs", 0.4))
    assert told.sentence == "Measuring what this pair costs… 40 %"


BY_MODEL = Settings(draft="/m/Draft.gguf")
PAUSED = PaceReport(PaceState.TOO_FEW_KEPT, 0.88, 1.94, 1.63, 3)


@pytest.mark.parametrize(
    ("pace", "words", "active"),
    [
        (PaceReport(PaceState.DRAFTING, 1.42, 1.5, 2.1, 4), "Drafting: about 1.4× as fast here.", True),
        (
            PaceReport(PaceState.DRAFTING, 1.0, 1.5, 1.5, 1),
            "Drafting: about as fast as without it here.",
            True,
        ),
        (PaceReport(PaceState.TRYING, 0.9, 1.5, 1.4, 1), "Trying again whether drafting pays.", True),
        (PAUSED, "Drafting is paused: it costs about 10 % here: needs τ 1.9, gets 1.6.", False),
        (
            PaceReport(PaceState.TOO_FEW_KEPT, 1.0, 1.5, 1.5, 1),
            "Drafting is paused: it gains nothing here: needs τ 1.5, gets 1.5.",
            False,
        ),
        (
            PaceReport(PaceState.TOO_DEAR, 0.7, 2.92, 2.0, 4),
            "Drafting is paused: a step that drafts 4 takes 2.9 plain steps here, too much even for good drafts.",
            False,
        ),
    ],
)
def test_the_reason_of_the_automatic_length_is_told(pace, words, active):
    told = status(PairState.READY, loaded(draft=True), BY_MODEL, pace=pace)
    assert (told.draft, told.drafting) == (words, active)


@pytest.mark.parametrize(
    "settings",
    [
        BY_MODEL.with_values(draft_max=4),
        BY_MODEL.with_values(draft="ngram"),
        BY_MODEL.with_values(speculate=False),
    ],
)
def test_a_reason_says_nothing_of_another_way_to_draft(settings):
    told = status(PairState.READY, loaded(draft=True), settings, pace=PAUSED)
    assert told == status(PairState.READY, loaded(draft=True), settings)


def test_a_lossy_rule_is_labelled_beside_the_reason():
    told = status(PairState.READY, loaded(draft=True), BY_MODEL.with_values(accept="typical"), pace=PAUSED)
    assert told.draft.endswith("gets 1.6. Typical acceptance changes the output.")


def test_the_status_follows_the_pace_without_flickering(desk, tmp_path):
    desk.session.choose_draft(str(model_file(tmp_path, "Draft.gguf")))
    desk.wait(lambda: desk.session.pair.loaded is not None and desk.session.pair.loaded.draft is not None)
    desk.engine.paces = {
        1: PaceReport(PaceState.DRAFTING, 1.424, 1.5, 2.1, 4),
        2: PaceReport(PaceState.DRAFTING, 1.426, 1.5, 2.1, 4),  # rounded, these two differ
        3: PaceReport(PaceState.DRAFTING, 1.38, 1.5, 2.1, 4),
        4: PAUSED,
    }
    desk.engine.gated = True
    told = []
    desk.session.status_changed.connect(lambda status: told.append(status.draft))
    desk.session.chat.send("Go")
    for _ in range(4):
        desk.steps(1)
    desk.engine.allow(100)
    desk.idle()
    seen = [text for text, before in zip(told, ["", *told], strict=False) if text != before]
    assert seen == [
        "Drafting is on: the draft model, automatic length.",
        "Drafting: about 1.4× as fast here.",
        "Drafting is paused: it costs about 10 % here: needs τ 1.9, gets 1.6.",
    ]
    assert desk.session.status.draft == seen[-1]  # after the answer, too
    desk.session.choose_draft("ngram")
    desk.session.choose_draft(str(tmp_path / "Draft.gguf"))
    assert desk.session.status.draft == seen[0]  # another choice begins anew
