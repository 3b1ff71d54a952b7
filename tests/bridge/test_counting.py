"""How full the context is said to be. The scripted engine counts words."""

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
