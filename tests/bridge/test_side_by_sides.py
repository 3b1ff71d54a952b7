"""A comparison of ways to draft, as the session runs it: what it lends, keeps and says, however it ends."""

import pytest
from desk import model_file
from PySide6.QtCore import QLocale
from scripted_engine import Fault

from slipstream.bridge.pair import PairState
from slipstream.bridge.side_by_side import SideBySides
from slipstream.bridge.side_choices import OFF, Way, offers
from slipstream.bridge.side_report import as_markdown
from slipstream.bridge.side_words import about_texts, side_name, verdict
from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Role, Sampling, Speculation
from slipstream.core.compared import Stage
from slipstream.core.comparing import FEWEST, Comparison, Verdict
from slipstream.core.errors import DecodeError, EngineDiedError, StoreError
from slipstream.core.reports.comparison_words import Tone, best, quoted
from slipstream.core.reports.speech import ENGLISH
from slipstream.core.side_by_side import SEGMENT, Candidate, Parting, SideSpec, Speedups
from slipstream.store.store import Store

LOOKUP = SideSpec(Speculation(Drafting.NGRAM))
LONG = [f"w{i}" for i in range(7 * SEGMENT)]


@pytest.fixture
def comparison(desk) -> SideBySides:
    desk.engine.words = LONG
    desk.session.preferences.update(temperature=0.0)
    return desk.session.side_by_side


def begin(desk, comparison, *sides, text="Compare this", tokens=512):
    comparison.begin(comparison.prompt_of(text), (OFF, *(sides or (LOOKUP,))), tokens)


def over(desk, comparison):
    desk.wait(lambda: not comparison.running)


def test_it_is_run_and_told(desk, comparison):
    written: dict[int, str] = {0: "", 1: ""}
    comparison.written.connect(
        lambda side, pieces: written.update({side: written[side] + "".join(p.text for p in pieces)})
    )
    begin(desk, comparison)
    assert desk.session.pair.state is PairState.COMPARING
    assert desk.session.can_stop
    over(desk, comparison)
    assert comparison.stage is Stage.DONE
    assert desk.session.pair.state is PairState.READY
    off, lookup = comparison.sides
    assert written[0] == written[1] == " ".join(LONG) + " "
    assert len(off.segments) == len(lookup.segments) == 7
    assert off.tokens_per_second == pytest.approx(50)  # a step is 20 ms in the script
    assert lookup.tokens_per_second == pytest.approx(
        150, rel=0.02
    )  # three words a step, the last one has one
    assert off.passes[0].prefill_ms == pytest.approx(100)
    (found,) = comparison.speedups()
    assert found.decode.verdict is Verdict.FASTER
    told = verdict(LOOKUP, found)
    assert told.tone is Tone.GOOD
    assert told.sentence.startswith("n-gram lookup pays here: 2.97×")
    assert comparison.differences() == [None]
    assert desk.session.conversations.rowCount() == 0  # nothing of it is kept in a conversation


def test_the_request_is_what_the_conversation_would_ask(desk, comparison):
    desk.engine.words = ["Fine"]
    desk.session.preferences.update(system_prompt="Be brief.")
    desk.send("How are you?")
    begin(desk, comparison, text="And now?", tokens=64)
    over(desk, comparison)
    (asked,) = desk.engine.comparisons
    assert [message.role for message in asked.request.messages] == [
        *(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER)
    ]
    assert asked.request.messages[-1].content == "And now?"
    assert (asked.request.max_tokens, asked.request.sampling.temperature) == (64, 0.0)
    assert asked.sides == (OFF, LOOKUP)
    assert asked.segment == SEGMENT


def test_the_prompt_of_an_answer_ends_before_it(desk, comparison):
    desk.engine.words = ["Fine"]
    desk.send("One")
    desk.send("Two")
    first, answer, second, _ = desk.session.chat.turns
    for message in (first.id, answer.id):
        prompt = comparison.prompt_at(message)
        assert prompt is not None
        assert prompt.text == "One"
        assert [m.content for m in prompt.request.messages] == ["One"]
    prompt = comparison.prompt_at(second.id)
    assert prompt is not None
    assert len(prompt.request.messages) == 3
    assert comparison.prompt_at(987654) is None


def test_nothing_else_is_asked_meanwhile(desk, comparison):
    desk.engine.gated = True
    begin(desk, comparison)
    desk.wait(lambda: comparison.prefill is not None)
    desk.session.chat.send("Now?")
    assert desk.returned == ["Now?"]
    assert desk.notices[-1].message == "Ways to draft are being compared. Stop that, or wait for it."
    assert desk.session.why_not_measured == "Ways to draft are being compared."
    assert comparison.why_not
    begin(desk, comparison)  # nor another comparison
    desk.session.stop()
    over(desk, comparison)
    assert len(desk.engine.comparisons) == 1


def test_stopped_early_what_was_measured_counts(desk, comparison):
    desk.engine.gated = True
    begin(desk, comparison)
    desk.engine.allow(2 * SEGMENT)
    desk.wait(lambda: len(comparison.sides[1].segments) >= 1)
    assert 0 < comparison.fraction < 1
    assert comparison.seconds_left is not None
    comparison.stop()
    over(desk, comparison)
    assert comparison.stage is Stage.STOPPED
    assert desk.session.pair.state is PairState.READY
    assert comparison.speedups()[0].decode.ratio is not None
    told = verdict(LOOKUP, comparison.speedups()[0])
    assert told.tone is Tone.OPEN
    assert "of at least 5 segments" in told.sentence
    desk.engine.gated = False
    desk.engine.words = ["Go"]
    desk.send("Go on")
    assert desk.answers


def test_a_pass_more_is_added_to_what_was_measured(desk, comparison):
    begin(desk, comparison)
    over(desk, comparison)
    sides = comparison.sides
    assert comparison.can_go_on
    comparison.again()
    over(desk, comparison)
    assert comparison.sides is sides
    assert [len(side.passes) for side in sides] == [2, 2]
    assert comparison.speedups()[0].decode.n == 14
    assert len(sides[0].pieces) == len(LONG)  # the texts are those of the last pass


def test_of_short_answers_as_many_passes_follow_as_an_interval_needs(desk, comparison):
    desk.engine.words = desk.engine.words[: SEGMENT + 2]
    begin(desk, comparison)
    over(desk, comparison)
    assert comparison.speedups()[0].decode.n == 1
    comparison.again()
    desk.wait(lambda: comparison.speedups()[0].decode.n == FEWEST and not comparison.running)
    assert [len(side.passes) for side in comparison.sides] == [FEWEST, FEWEST]
    desk.idle()
    assert not comparison.running


def test_what_is_too_short_to_compare_is_written_once_more_only(desk, comparison):
    desk.engine.words = desk.engine.words[:4]
    begin(desk, comparison)
    over(desk, comparison)
    comparison.again()
    over(desk, comparison)
    assert [len(side.passes) for side in comparison.sides] == [2, 2]


def test_another_pair_ends_it_and_nothing_can_be_added(desk, comparison, tmp_path):
    desk.engine.gated = True
    begin(desk, comparison)
    desk.engine.allow(40)
    desk.wait(lambda: bool(comparison.sides[0].tokens))
    desk.engine.gated = False
    desk.session.choose_target(model_file(tmp_path, "Other.gguf"))
    over(desk, comparison)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert comparison.stage is Stage.STOPPED
    assert not comparison.can_go_on


def test_a_draft_that_fails_is_told(desk, comparison):
    desk.engine.failing_draft = 1
    begin(desk, comparison)
    over(desk, comparison)
    assert comparison.stage is Stage.DRAFT_FAILED
    assert comparison.note.startswith("Drafting failed (llama_decode")
    assert len(comparison.sides[1].segments) == 2
    assert desk.session.pair.state is PairState.READY


def test_a_failure_of_the_engine_is_told_and_the_pair_stays(desk, comparison):
    desk.engine.faults.append(Fault(DecodeError("llama_decode failed with status 1"), after=40))
    begin(desk, comparison)
    over(desk, comparison)
    assert comparison.stage is Stage.FAILED
    assert comparison.error is not None
    assert comparison.error.message == "llama_decode failed with status 1"
    assert desk.session.pair.state is PairState.READY
    assert comparison.sides[0].segments
    assert not comparison.can_go_on


def test_an_engine_that_dies_of_it_comes_back(desk, comparison):
    desk.engine.faults.append(Fault(EngineDiedError("The engine stopped: ended by SIGABRT"), after=3))
    begin(desk, comparison)
    over(desk, comparison)
    assert comparison.stage is Stage.FAILED
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert len(desk.engine.specs) == 2


def test_a_bug_in_it_is_told(desk, comparison, qtbot):
    desk.engine.faults.append(Fault(ZeroDivisionError("a bug"), after=3))
    with qtbot.captureExceptions() as caught:
        begin(desk, comparison)
        over(desk, comparison)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert comparison.stage is Stage.FAILED
    assert desk.session.pair.state is PairState.READY


def test_the_report_has_verdict_table_and_settings(desk, comparison):
    begin(desk, comparison, text="Two\nlines")
    over(desk, comparison)
    report = as_markdown(comparison)
    assert report.startswith("n-gram lookup pays here: 2.97×")
    assert "> Two\n> lines" in report
    assert "| No drafting | 50.0 | 1 |" in report
    assert "| n-gram lookup | 148.6 | 2.97×" in report
    assert "The texts are the same" in report
    assert "7 segments of 32 tokens each" in report
    assert "Temperature 0; Model-A.gguf; 2 threads." in report


# Choices and words


@pytest.mark.parametrize("greedy", [True, False])
def test_what_cannot_be_compared_says_why(desk, greedy, tmp_path):
    sampling = Sampling(temperature=0.0 if greedy else 0.6)
    without = {offer.key: offer for offer in offers(desk.session.pair.loaded, sampling, 4)}
    assert without[Way.AUTO].why_not == "No draft model is loaded."
    assert without[Way.NGRAM].why_not == ""
    desk.session.choose_draft(str(model_file(tmp_path, "Small.gguf")))
    desk.wait(lambda: bool(desk.session.pair.loaded and desk.session.pair.loaded.draft))
    ways = {offer.key: offer for offer in offers(desk.session.pair.loaded, sampling, 4)}
    assert ways[Way.AUTO].why_not == ways[Way.FIXED].why_not == ""
    assert ways[Way.FIXED].side.speculation.draft_max == 4
    told = ways[Way.TYPICAL].why_not
    assert told == ("At temperature 0 all rules keep the same tokens." if greedy else "")


def test_every_way_has_a_name_of_its_own():
    named = [side_name(offer.side) for offer in offers(None, Sampling(), 6)]
    assert named == [
        *("Automatic drafting", "Drafting 6", "n-gram lookup"),
        *("Relaxed acceptance", "Typical acceptance"),
    ]
    assert side_name(OFF) == "No drafting"


def compared(decode: tuple[float, float], total: tuple[float, float]) -> Speedups:
    """Intervals; the ratio in their middle."""
    return Speedups(*(Comparison((low + high) / 2, low, high, 8) for low, high in (decode, total)))


FASTER, SLOWER, SAME, OPEN = (1.2, 1.4), (0.6, 0.8), (0.99, 1.01), (0.9, 1.1)


@pytest.mark.parametrize(
    ("decode", "total", "tone", "words"),
    [
        (FASTER, FASTER, Tone.GOOD, "n-gram lookup pays here: 1.30× (1.20–1.40) in decoding"),
        (SLOWER, SLOWER, Tone.BAD, "n-gram lookup does not pay here"),
        (SAME, SAME, Tone.EVEN, "makes no difference here, within 3\u00a0%"),
        (FASTER, OPEN, Tone.OPEN, "whether it answers sooner is not known yet: 1.00× (0.90–1.10)"),
        (SLOWER, OPEN, Tone.OPEN, "whether it answers later is not known yet"),
        (FASTER, SLOWER, Tone.EVEN, "but answers no sooner"),
        (FASTER, SAME, Tone.EVEN, "but answers no sooner"),
        (OPEN, OPEN, Tone.OPEN, "not known yet whether it pays here. So far 1.00×"),
        (SAME, OPEN, Tone.OPEN, "not known yet whether it pays here"),
        (SAME, SLOWER, Tone.EVEN, "n-gram lookup: 1.00× (0.99–1.01) in decoding"),
    ],
)
def test_a_verdict_is_judged_on_decoding_and_total_latency(decode, total, tone, words):
    told = verdict(LOOKUP, compared(decode, total))
    assert told.tone is tone
    assert words in told.sentence
    assert told.sentence.endswith(".")
    assert "{" not in told.sentence


def test_too_few_segments_are_told_as_such():
    none = Speedups(Comparison(None, None, None, 0), Comparison(None, None, None, 0))
    few = Speedups(Comparison(1.5, None, None, 3), Comparison(1.4, None, None, 3))
    assert "(0 of at least 5 segments)" in verdict(LOOKUP, none).sentence
    assert "(3 of at least 5 segments, 1.50× so far)" in verdict(LOOKUP, few).sentence


def test_the_fastest_is_spoken_of_first():
    none = Speedups(Comparison(None, None, None, 0), Comparison(None, None, None, 0))
    assert best([]) is None
    assert best([none]) == 0
    assert best([compared(SLOWER, SLOWER), compared(FASTER, OPEN), none]) == 1


def test_texts_are_told_of_by_temperature_and_rule():
    greedy, warm = GenerateRequest(sampling=Sampling(temperature=0)), GenerateRequest()
    typical = SideSpec(Speculation(Drafting.MODEL, accept=AcceptRule.TYPICAL))
    near = Parting(1, 41, (" the", "\n"), (Candidate(" the", 9.01, 0.31), Candidate("\n", 9.0, 0.307)))
    far = Parting(1, 41, (" the", ""), (Candidate(" the", 10.0, 0.6), Candidate("", 9.0, 0.2)))
    assert about_texts(warm, (OFF, LOOKUP), False, ()).startswith("The texts are the same")
    told = about_texts(greedy, (OFF, LOOKUP), True, (near,))
    assert told.startswith("The texts part at token 42: “␣the” or “⏎”.")
    assert "0.010 logits apart there (31.0% / 30.7%): rounding decides." in told
    told = about_texts(greedy, (OFF, LOOKUP), True, (far,))
    assert "“␣the” or the end." in told
    assert "1.00 logits apart there (60.0% / 20.0%), more than rounding explains." in told
    assert about_texts(greedy, (OFF, LOOKUP), True, ()) == "The texts differ."
    assert about_texts(warm, (OFF, LOOKUP), True, ()).endswith("from the same distribution.")
    assert "Typical acceptance changes the output" in about_texts(warm, (OFF, typical), True, ())
    assert quoted("a\tb", ENGLISH) == "“a⇥b”"


# What is kept, and other drafts


def kept_one(desk, comparison):
    """The record of the comparison that is shown, read from the store."""
    desk.wait(lambda: comparison.kept.id is not None)
    read = []
    comparison.kept.read.connect(read.append)
    comparison.kept.open(comparison.kept.id)
    desk.wait(lambda: bool(read))
    return read[-1].comparison


def shown(comparison):
    """All that a window shows of it."""
    return (
        *(comparison.stage, comparison.speedups(), comparison.differences(), comparison.partings),
        *(comparison.switch_share, comparison.note, as_markdown(comparison)),
        [(side.spec, side.pieces, side.tokens, side.total_ms, side.gaps) for side in comparison.sides],
        [side.meter.metrics().acceptance_rate for side in comparison.sides],
    )


def test_it_is_kept_and_shown_again_as_it_was(desk, comparison):
    likeliest = (Candidate("w9", 9.01, 0.31), Candidate("other", 9.0, 0.307))
    desk.engine.side_words = {1: [*LONG[:9], "other", *LONG[10:]]}
    desk.engine.partings = (Parting(1, 9, ("w9", "other"), likeliest),)
    begin(desk, comparison)
    over(desk, comparison)
    before = shown(comparison)
    kept = kept_one(desk, comparison)
    assert kept.prompt == "Compare this"
    assert kept.build
    assert len(kept.seeds) == 1
    comparison.clear()
    assert comparison.sides == []
    comparison.show(kept)
    assert shown(comparison) == before
    assert comparison.can_go_on
    comparison.again()
    over(desk, comparison)
    desk.wait(lambda: len(kept_one(desk, comparison).seeds) == 2)
    again = kept_one(desk, comparison)
    assert again.uid == kept.uid
    assert [len(side.passes) for side in again.sides] == [2, 2]
    assert again.sides[0].passes[0] == kept.sides[0].passes[0]
    assert len(comparison.kept.lines) == 1


def test_stopped_early_it_is_kept_as_such_with_what_was_written_after_the_last_segment(desk, comparison):
    desk.engine.gated = True
    begin(desk, comparison)
    desk.engine.allow(2 * SEGMENT)
    desk.wait(lambda: len(comparison.sides[1].segments) >= 1)
    comparison.stop()
    over(desk, comparison)
    kept = kept_one(desk, comparison)
    assert kept.stage is Stage.STOPPED
    for side, own in zip(kept.sides, comparison.sides, strict=True):
        assert list(side.last.tokens) == own.tokens
        assert side.last.meter.metrics().acceptance_length == own.meter.metrics().acceptance_length


def test_one_that_came_to_nothing_is_not_kept(desk, comparison):
    desk.engine.faults.append(Fault(DecodeError("llama_decode failed with status 1"), after=3))
    begin(desk, comparison)
    over(desk, comparison)
    comparison.kept.refresh()
    begin(desk, comparison)
    over(desk, comparison)
    desk.wait(lambda: comparison.kept.id is not None)
    assert len(comparison.kept.lines) == 1


def test_it_belongs_to_the_conversation_it_was_begun_in(desk, comparison):
    desk.engine.words = ["Fine"]
    desk.send("How are you?")
    user, answer = desk.session.chat.turns
    desk.engine.words = LONG
    comparison.begin(comparison.prompt_at(answer.id), (OFF, LOOKUP), 512)
    over(desk, comparison)
    kept = kept_one(desk, comparison)
    assert (kept.conversation, kept.message) == (desk.session.chat.current, user.id)


def test_other_drafts_are_loaded_before_and_named(desk, comparison, tmp_path):
    other = str(model_file(tmp_path, "Other-0.1B.gguf"))
    side = SideSpec(Speculation(Drafting.MODEL), other)
    desk.engine.gated = True
    begin(desk, comparison, LOOKUP, side)
    desk.engine.allow(1)
    desk.wait(lambda: comparison.loading is not None and comparison.loading.fraction > 0)
    assert desk.session.pair.loaded is not None  # the pair stays
    desk.engine.gated = False
    desk.engine.allow(1000)
    over(desk, comparison)
    assert comparison.loading is None
    assert desk.engine.comparisons[0].sides == (OFF, LOOKUP, side)
    assert desk.engine.comparisons[0].draft_bytes.keys() == {other}
    assert "Drafting with Other-0.1B" in as_markdown(comparison)
    kept = kept_one(desk, comparison)
    assert kept.sides[2].spec == side
    assert kept.sides[2].draft is not None
    assert kept.sides[2].draft.path == other


def test_loading_other_drafts_is_cancelled(desk, comparison, tmp_path):
    side = SideSpec(Speculation(Drafting.MODEL), str(model_file(tmp_path, "Other-0.1B.gguf")))
    desk.engine.gated = True
    begin(desk, comparison, side)
    desk.wait(lambda: comparison.loading is not None)
    comparison.stop()
    over(desk, comparison)
    assert comparison.stage is Stage.STOPPED
    assert desk.session.pair.state is PairState.READY
    assert desk.session.pair.loaded is not None


def test_a_draft_file_that_is_no_good_is_told(desk, comparison, tmp_path):
    bad = tmp_path / "Bad.gguf"
    bad.write_bytes(b"not a model")
    begin(desk, comparison, SideSpec(Speculation(Drafting.MODEL), str(bad)))
    over(desk, comparison)
    assert comparison.stage is Stage.FAILED
    assert comparison.error is not None
    assert "Bad.gguf" in comparison.error.message
    assert desk.engine.comparisons == []
    assert desk.session.pair.state is PairState.READY


def test_a_comparison_that_cannot_be_kept_goes_on_and_says_so_once(desk, comparison, monkeypatch):
    def full(*_asked):
        raise StoreError("The disk is full", "Free some space")

    with monkeypatch.context() as later:
        later.setattr(Store, "keep_comparison", full)
        later.setattr(Store, "keep_comparison_segment", full)
        begin(desk, comparison)
        over(desk, comparison)
        desk.wait(lambda: any(n.message == "The disk is full" for n in desk.notices))
    assert comparison.stage is Stage.DONE
    assert sum(n.message == "The disk is full" for n in desk.notices) == 1
    comparison.again()  # and the next pass keeps both
    over(desk, comparison)
    assert [len(side.passes) for side in kept_one(desk, comparison).sides] == [2, 2]


def test_figures_have_the_windows_decimal_mark(desk, comparison):
    begin(desk, comparison)
    over(desk, comparison)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    try:
        assert "2,97× (" in verdict(LOOKUP, comparison.speedups()[0]).sentence
        report = as_markdown(comparison)
    finally:
        QLocale.setDefault(before)
    assert "| n-gram lookup | 148,6 | 2,97×" in report
