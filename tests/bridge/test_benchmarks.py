"""A benchmark from end to end behind the window: what the engine is asked, what is kept, and how it can end."""

from dataclasses import replace

import pytest
from bench_samples import prompts
from desk import model_file
from scripted_engine import Fault, ScriptedEngine

from slipstream.bridge.benchmarks import BenchState
from slipstream.bridge.pair import NGRAM, PairState
from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.prompts import BenchPrompt
from slipstream.core.benchmark.record import BenchPair, BenchSkip
from slipstream.core.benchmark.rows import RowFile
from slipstream.core.benchmark.running import ANOTHER, BenchProgress, run_benchmark
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Speculation
from slipstream.core.errors import DecodeError, EngineDiedError

REQUEST = GenerateRequest(speculation=Speculation(Drafting.NGRAM), max_tokens=9, seed=5)


def loaded_engine(tmp_path, **fields) -> ScriptedEngine:
    engine = ScriptedEngine(**fields)
    engine.load(PairSpec(model_file(tmp_path)), lambda _progress: None)
    return engine


def measured(engine, plan, request=REQUEST, **more):
    return list(run_benchmark(engine, request, plan.tasks(), **more))


def test_each_prompt_is_answered_both_ways_and_everything_is_forgotten_between(tmp_path):
    engine = loaded_engine(tmp_path)
    first, second = prompts(2)
    events = measured(engine, BenchPlan((first, second)))
    rows = [event for event in events if not isinstance(event, BenchProgress)]
    assert [(row.prompt, row.drafting_first) for row in rows] == [(first.id, True), (second.id, False)]
    warm_up, asked = engine.requests[:2], engine.requests[2:]
    assert [request.max_tokens for request in warm_up] == [8, 8]
    assert [request.raw for request in asked[::2]] == [ANOTHER] * 4
    assert {request.max_tokens for request in asked[::2]} == {1}
    answers = asked[1::2]
    assert [request.messages[-1].content for request in answers] == [first.text] * 2 + [second.text] * 2
    ways = [request.speculation.drafting for request in answers]
    assert ways == [Drafting.NGRAM, Drafting.NONE, Drafting.NONE, Drafting.NGRAM]
    assert {request.seed for request in answers} == {5}
    # The scripted engine emits three tokens a step when it drafts: 1 + 8 tokens in 4 steps of 20 ms, or in 9.
    assert rows[0].drafting.times == (120.0, 140.0, 160.0, 180.0)
    assert len(rows[0].plain.times) == 9
    assert rows[0].same_text


def test_repeats_have_other_seeds_the_same_for_both(tmp_path):
    engine = loaded_engine(tmp_path)
    measured(engine, BenchPlan(tuple(prompts(1)), repeats=2))
    assert [request.seed for request in engine.requests[3::2]] == [5, 5, 6, 6]


def test_a_system_prompt_and_raw_prompts_are_kept_to(tmp_path):
    engine = loaded_engine(tmp_path)
    system = replace(REQUEST, messages=(ChatMessage(Role.SYSTEM, "Be brief"),))
    measured(engine, BenchPlan(tuple(prompts(1))), system)
    assert [message.role for message in engine.requests[-1].messages] == [Role.SYSTEM, Role.USER]
    measured(engine, BenchPlan(tuple(prompts(1))), replace(REQUEST, raw=""))
    assert (engine.requests[-1].raw, engine.requests[-1].messages) == ("code prompt 0", ())


def test_progress_counts_what_was_done_before_and_knows_the_time_that_is_left(tmp_path):
    engine = loaded_engine(tmp_path)
    events = measured(engine, BenchPlan(tuple(prompts(2))), before=2)
    progress = [event for event in events if isinstance(event, BenchProgress)]
    assert (progress[0].done, progress[0].total, progress[0].seconds_left) == (2, 4, None)
    assert [event.fraction for event in progress] == sorted(event.fraction for event in progress)
    assert all(0.5 <= event.fraction < 1 for event in progress)


def test_a_prompt_that_cannot_be_measured_is_skipped_with_its_reason(tmp_path):
    engine = loaded_engine(tmp_path)
    long = BenchPrompt("long", "code", "word " * 5000)
    rows = [e for e in measured(engine, BenchPlan((long, *prompts(1)))) if not isinstance(e, BenchProgress)]
    assert isinstance(rows[0], BenchSkip)
    assert "the context holds 4096" in rows[0].why
    assert isinstance(rows[1], BenchPair)


def test_whole_answers_are_told_of_pairs_that_count_and_of_no_others(tmp_path):
    engine = loaded_engine(tmp_path)
    told = []
    long = BenchPrompt("long", "code", "word " * 5000)
    events = measured(engine, BenchPlan((long, *prompts(1))), watch=told.append)
    (pair,) = [event for event in events if isinstance(event, BenchPair)]
    assert [(whole.task.prompt.id, whole.drafting) for whole in told] == [
        (pair.prompt, pair.drafting_first),
        (pair.prompt, not pair.drafting_first),
    ]
    for whole in told:
        answer = pair.drafting if whole.drafting else pair.plain
        assert whole.stats.tokens == answer.tokens
        assert tuple(step.t_ms for step in whole.steps) == answer.times


def test_a_draft_that_fails_every_time_ends_it(tmp_path):
    engine = loaded_engine(tmp_path, notes=("Drafting failed (status 1); going on without it",))
    events = run_benchmark(engine, REQUEST, BenchPlan(tuple(prompts(5))).tasks())
    rows = []
    with pytest.raises(DecodeError, match="Drafting failed"):
        rows.extend(event for event in events if isinstance(event, BenchSkip))
    assert len(engine.requests) == 2 + 3 * 2


def test_ended_in_between_it_has_whole_pairs_only(tmp_path):
    engine = loaded_engine(tmp_path)
    asked = 0

    def cancelled():
        nonlocal asked
        asked += 1
        return len(engine.requests) > 7  # in the second pair's first answer

    rows = [
        event
        for event in measured(engine, BenchPlan(tuple(prompts(3))), cancelled=cancelled)
        if isinstance(event, BenchPair)
    ]
    assert [row.prompt for row in rows] == ["code/0"]
    assert asked


# Through the session


@pytest.fixture
def bench(desk):
    """A desk whose lookups draft, and what its benchmarks told."""
    desk.session.preferences.update(draft=NGRAM)
    desk.listed = []
    desk.read = []
    desk.progress = []
    desk.session.benchmarks.listed.connect(desk.listed.append)
    desk.session.benchmarks.read.connect(desk.read.append)
    desk.session.benchmarks.progressed.connect(desk.progress.append)
    return desk


def begin(desk, count=2, **more):
    desk.session.benchmarks.start(BenchPlan(tuple(prompts(count)), **more), 0.0, 9)
    assert desk.session.benchmarks.state is BenchState.STARTING


def over(desk):
    desk.wait(lambda: desk.session.benchmarks.state is BenchState.IDLE)


def listed(desk):
    """The list as it is now: replies come in their order."""
    told = []
    desk.session.benchmarks.history_read.connect(told.append)
    desk.session.benchmarks.refresh()
    desk.session.benchmarks.read_history()
    desk.wait(lambda: bool(told))
    return desk.listed[-1]


def saved(desk):
    """The newest one."""
    line = listed(desk)[0]
    desk.read.clear()
    desk.session.benchmarks.open(line.id)
    desk.wait(lambda: bool(desk.read))
    return line, desk.read[-1].benchmark


def test_it_is_measured_kept_and_read_again(bench):
    begin(bench)
    over(bench)
    own = bench.session.benchmarks.benchmark
    assert own.is_complete
    line, benchmark = saved(bench)
    assert benchmark == own
    assert (line.done, line.planned, line.is_complete) == (2, 2, True)
    assert benchmark.setup.target.name == "Model-A.gguf"
    assert len(benchmark.setup.target.sha256) == 64
    assert benchmark.setup.build.startswith("llama-cpp-python")
    assert benchmark.setup.greedy
    assert bench.session.pair.state is PairState.READY
    assert bench.notices == []


def test_the_chat_waits_meanwhile_and_is_told_why(bench):
    bench.engine.gated = True
    begin(bench)
    bench.wait(lambda: bench.session.benchmarks.state is BenchState.RUNNING)
    assert bench.session.status.sentence == "A benchmark is running; the chat waits until it is over."
    bench.session.chat.send("Now?")
    assert bench.returned == ["Now?"]
    assert bench.notices[-1].message == "A benchmark is running. Stop it, or wait for it."
    assert bench.session.why_not_measured == "A benchmark is running."
    assert bench.session.benchmarks.why_not == "A benchmark is running."
    bench.session.stop()
    over(bench)
    bench.engine.gated = False
    bench.send("Now?")
    assert bench.answers


def test_one_that_was_stopped_goes_on_where_it_was(bench):
    bench.engine.gated = True
    begin(bench, 3)
    rows = bench.session.benchmarks
    steps = 8 + 4  # warming up: 8 tokens with 3 a step after the first, then 8 alone
    bench.engine.allow(steps + (1 + 4) + (1 + 9) + 3)  # the first pair, and a little of the second
    bench.wait(lambda: rows.benchmark is not None and len(rows.benchmark.rows) == 1)
    rows.stop()
    over(bench)
    line, benchmark = saved(bench)
    assert (line.done, line.planned, benchmark.left) == (1, 3, 2)
    bench.engine.gated = False
    bench.engine.requests.clear()
    rows.go_on(benchmark)
    over(bench)
    line, whole = saved(bench)
    assert line.is_complete
    assert whole.rows[0] == benchmark.rows[0]
    assert whole.uid == benchmark.uid
    texts = {request.messages[-1].content for request in bench.engine.requests if request.messages}
    assert "code prompt 0" not in texts


def test_it_goes_on_with_the_same_models_and_settings_only(bench, tmp_path):
    begin(bench)
    over(bench)
    _, benchmark = saved(bench)
    part = replace(benchmark, rows=benchmark.rows[:1])
    bench.load(model_file(tmp_path, "Other.gguf"))
    bench.session.benchmarks.go_on(part)
    assert bench.notices[-1].message == "It was measured with Model-A.gguf: load that first."
    bench.load(bench.model)
    other = replace(part, setup=replace(part.setup, threads=64, version="9"))
    bench.session.benchmarks.go_on(other)
    over(bench)
    assert "something has changed (the threads, Slipstream)" in bench.notices[-1].message
    assert bench.session.benchmarks.failure


@pytest.mark.parametrize("what", ["answer", "no draft", "no model", "loading"])
def test_it_cannot_begin_and_says_why(bench, what):
    words = {
        "answer": "An answer is being written. Stop it, or wait for it.",
        "no draft": "Nobody drafts, so there is nothing to compare. Choose a draft, or n-gram lookup.",
        "no model": "No model is loaded. Choose one in the bar above the conversation.",
        "loading": "The model is still loading.",
    }
    if what in ("answer", "loading"):
        bench.engine.gated = True
    match what:
        case "answer":
            bench.session.chat.send("Go")
            bench.steps(1)
        case "no draft":
            bench.session.choose_draft("")
        case "no model":
            bench.session.pair.unload()
        case "loading":
            bench.session.choose_target(bench.model)
    assert bench.session.benchmarks.why_not == words[what]
    bench.session.benchmarks.start(BenchPlan(tuple(prompts(1))), 0.0, 9)
    assert bench.notices[-1].message == words[what]
    assert bench.session.benchmarks.state is BenchState.IDLE
    bench.engine.gated = False
    bench.engine.allow(100)
    bench.idle()


def test_the_switch_of_the_bar_does_not_matter(bench):
    bench.session.preferences.update(speculate=False)
    begin(bench, 1)
    over(bench)
    assert bench.session.benchmarks.benchmark.setup.speculation.drafting is Drafting.NGRAM


def test_an_engine_that_dies_comes_back_and_what_was_measured_is_kept(bench):
    bench.engine.faults.extend(
        [*(Fault(DecodeError("x"), after=999) for _ in range(6)), Fault(EngineDiedError("It died"))]
    )
    begin(bench, 3)
    over(bench)
    bench.wait(lambda: bench.session.pair.state is PairState.READY)
    assert bench.session.benchmarks.failure == "It died"
    line, _ = saved(bench)
    assert (line.done, line.planned) == (1, 3)
    assert len(bench.engine.specs) == 2


def test_a_bug_in_it_is_told_and_the_pair_stays(bench, qtbot):
    bench.engine.faults.append(Fault(ZeroDivisionError("a bug")))
    with qtbot.captureExceptions() as caught:
        begin(bench)
        over(bench)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert bench.session.benchmarks.failure == "The benchmark ended because of a fault in Slipstream."
    assert bench.session.pair.state is PairState.READY


def test_another_model_meanwhile_ends_it_and_is_loaded(bench, tmp_path):
    bench.engine.gated = True
    begin(bench)
    bench.wait(lambda: bench.session.benchmarks.state is BenchState.RUNNING)
    other = model_file(tmp_path, "Other.gguf")
    bench.engine.gated = False
    bench.session.choose_target(other)
    over(bench)
    bench.wait(lambda: bench.session.pair.state is PairState.READY)
    assert bench.engine.specs[-1].target == other
    assert bench.notices == []


def test_what_headless_benchmarks_left_is_taken_over_once(bench):
    begin(bench, 1)
    over(bench)
    own = bench.session.benchmarks.benchmark
    path = bench.paths.benchmarks / "x.jsonl"
    plan = BenchPlan(tuple(prompts(2)))
    with RowFile.open(path, own.setup, plan, resume=False) as file:
        file.add(own.rows[0])
    (bench.paths.benchmarks / "damaged.jsonl").write_bytes(b"\x00nonsense\n")
    line, benchmark = saved(bench)
    assert (line.done, line.planned) == (1, 2)
    assert benchmark.rows == own.rows
    with RowFile.open(path, own.setup, plan, resume=True) as file:
        file.add(replace(own.rows[0], prompt="code/1", digest=prompts(2)[1].digest))
    line, benchmark = saved(bench)
    assert line.is_complete
    assert len(bench.listed[-1]) == 2


def test_removed_ones_do_not_come_back(bench):
    begin(bench, 1)
    over(bench)
    own = bench.session.benchmarks.benchmark
    with RowFile.open(bench.paths.benchmarks / "x.jsonl", own.setup, own.plan, resume=False) as file:
        file.add(own.rows[0])
    line, _ = saved(bench)
    bench.session.benchmarks.remove(line.id)
    assert line.id not in [each.id for each in listed(bench)]
    (bench.paths.benchmarks / "x.jsonl").touch()
    assert len(listed(bench)) == 1


def test_a_name_is_kept(bench):
    begin(bench, 1)
    over(bench)
    line, _ = saved(bench)
    bench.session.benchmarks.rename(line.id, "  Before\nthe driver ")
    assert listed(bench)[0].name == "Before the driver"


def test_history_has_what_was_measured_and_every_answer(bench):
    told = []
    bench.session.benchmarks.history_read.connect(told.append)
    begin(bench, 2)
    over(bench)
    bench.send("Hello there")
    bench.session.benchmarks.read_history()
    bench.wait(lambda: bool(told))
    (history,) = told
    (pair,) = history.pairs
    assert [(kind.kind, kind.decode.n) for kind in pair.kinds] == [("code", 2)]
    # 8 tokens in 3 gaps of 20 ms against 8 gaps of 20 ms.
    assert pair.kinds[0].decode.ratio == pytest.approx(8 / 3)
    (run,) = history.runs
    assert run.target == "Model-A.gguf"
    assert run.drafting == "ngram"
    assert run.tokens_per_second is not None
    assert run.drafted > 0
