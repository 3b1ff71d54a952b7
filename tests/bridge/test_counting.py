"""How full the context is said to be. The scripted engine counts words."""

from slipstream.bridge.counting import PER_TOKEN
from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import PromptError


def used(desk):
    use = desk.session.context.use
    return use.used if use else None


def test_the_meter_counts_the_conversation_and_what_is_typed(desk):
    desk.wait(lambda: used(desk) == 0)
    context = desk.session.context
    context.typed("three words here")
    desk.wait(lambda: used(desk) == 3)
    context.typed("")
    desk.send("one two")
    words = len(desk.engine.words)
    desk.wait(lambda: used(desk) == 2 + words)
    context.typed("and three more")
    desk.wait(lambda: used(desk) == 5 + words)
    desk.session.chat.new()
    context.typed("")
    desk.wait(lambda: used(desk) == 0)


def test_the_system_prompt_counts(desk):
    desk.session.parameters.set("system_prompt", "be very brief")
    desk.wait(lambda: used(desk) == 3)


def test_the_meter_follows_the_answer_under_way(desk):
    desk.engine.gated = True
    desk.wait(lambda: used(desk) == 0)
    desk.session.chat.send("Go")
    desk.steps(2)
    last = desk.stepped[-1].record
    assert used(desk) == last.position + len(last.emitted)
    desk.session.chat.stop()
    desk.idle()


def test_too_long_is_known_before_it_is_sent(desk):
    size = desk.session.pair.loaded.n_ctx
    desk.session.context.typed("word " * (size + 10))
    desk.wait(lambda: used(desk) not in (None, 0))
    use = desk.session.context.use
    assert (use.room, use.too_long_by) == (-10, 11)
    assert not desk.engine.requests


def test_leaving_out_the_oldest_makes_room_and_is_said(desk):
    for text in ("one", "two", "three"):
        desk.send(text)
    desk.wait(lambda: used(desk) == 3 * (1 + len(desk.engine.words)))
    desk.session.chat.leave_out_oldest()
    desk.wait(lambda: desk.session.context.use.left_out == 2)
    desk.wait(lambda: used(desk) == 2 * (1 + len(desk.engine.words)))


def test_an_unloaded_model_has_no_context(desk):
    desk.wait(lambda: used(desk) == 0)
    desk.session.pair.unload()
    desk.wait(lambda: desk.session.context.use is None)
    told = []
    assert not desk.session.counter.ask(GenerateRequest(raw="x"), told.append)


def test_a_count_that_fails_tells_nothing_and_disturbs_nothing(desk):
    told = []
    desk.engine.count = fails
    assert desk.session.counter.ask(GenerateRequest(raw="x"), told.append)
    desk.send("Go")  # done after it
    assert told == []
    assert desk.answers


def fails(_request):
    raise PromptError("The model's chat template refused the conversation")


def test_until_it_is_counted_an_estimate_is_told_as_such(desk):
    desk.send("one two three four")
    first, chat = desk.session.chat.current, desk.session.chat
    characters = sum(len(turn.content) for turn in chat.turns)
    chat.new()
    desk.wait(lambda: used(desk) == 0)
    assert not desk.session.context.use.is_estimate  # nothing needs no count
    desk.engine.count = fails
    told = []
    desk.session.context.changed.connect(told.append)
    chat.open(first)
    desk.wait(lambda: bool(told))
    assert told[0].is_estimate
    assert told[0].used == round(characters / PER_TOKEN) < 100
    assert told[0].size == desk.session.pair.loaded.n_ctx
    assert told[0].too_long_by == 0
    del desk.engine.count
    desk.session.context.typed("more")
    desk.wait(lambda: not desk.session.context.use.is_estimate)


def test_a_long_estimate_promises_two_digits_and_learns_from_counts(desk):
    text = "word " * 300
    desk.send(text)
    exact = 300 + len(desk.engine.words)
    desk.session.context.typed("again")
    desk.wait(lambda: used(desk) == exact + 1)  # counted, while what steps tell is no count
    desk.session.context.typed("")
    first, chat = desk.session.chat.current, desk.session.chat
    chat.new()
    desk.wait(lambda: used(desk) == 0)
    told = []
    desk.session.context.changed.connect(told.append)
    chat.open(first)
    desk.wait(lambda: bool(told))
    assert (told[0].used, told[0].is_estimate) == (round(exact, -1), True)
    desk.wait(lambda: (used(desk), desk.session.context.use.is_estimate) == (exact, False))


def test_another_branch_of_what_is_shown_is_not_estimated_anew(desk):
    desk.send("one two")
    told = []
    desk.session.context.changed.connect(told.append)
    desk.session.chat.regenerate(desk.session.chat.turns[-1].id)
    desk.idle()
    assert not [use for use in told if use.is_estimate]
