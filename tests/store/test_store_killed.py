"""SIGKILL at random moments while a real process writes: nothing it had acknowledged is lost.

The writer prints one line after each call that returned. Whatever line got out before the kill must hold when the
same file is opened again, round after round.
"""

import json
import random
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from store_samples import BUILD, PAIR, REQUEST, make_finished, make_step

from slipstream.store import MessageState, RunState, Store

ROUNDS = 20

WRITER = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from store_samples import BUILD, PAIR, REQUEST, make_finished, make_step
from slipstream.store import Store

def tell(**what):
    print(json.dumps(what), flush=True)

tell(kind="opening")
store = Store.open(Path(sys.argv[1]))
conversation = store.create_conversation()
while True:
    question = store.add_user_message(conversation.id, "Question?" * 50)
    tell(kind="asked", id=question.id, content=question.content)
    answer = store.begin_answer(question.id, REQUEST, PAIR, BUILD)
    tell(kind="begun", id=answer.id)
    steps = []
    for number in range(1, 40):
        batch = [make_step(3 * number + i, f"w{number} ", "and ", drafted=2) for i in range(3)]
        store.append_steps(answer.run.id, batch)
        steps += batch
        tell(kind="appended", id=answer.id, run=answer.run.id, steps=len(steps),
             content="".join(piece.text for step in steps for piece in step.pieces))
    store.finish_answer(answer.run.id, make_finished(tuple(steps), ()))
    content = "".join(piece.text for step in steps for piece in step.pieces)
    tell(kind="finished", id=answer.id, run=answer.run.id, steps=len(steps), content=content)
    more = store.continue_answer(answer.id, REQUEST, PAIR, BUILD)
    tell(kind="went on", id=answer.id, run=more.run.id, content=content)
    step = make_step(1, "and ", "on ", drafted=2)
    store.append_steps(more.run.id, [step])
    tell(kind="appended", id=answer.id, run=more.run.id, steps=1, content=content + "and on ")
    store.finish_answer(more.run.id, make_finished((step,), ()))
    tell(kind="finished", id=answer.id, run=more.run.id, steps=1, content=content + "and on ")
"""


def write_until_killed(path: Path, rng: random.Random) -> list[dict[str, Any]]:
    """What a writer acknowledged before it was killed: while opening, or after some lines, at any moment."""
    lines_before = rng.choice([1, 1, 2, rng.randint(3, 120)])
    more_seconds = rng.uniform(0, 0.02)
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(lines_before)]
        wait_for_nothing(child.stdout, more_seconds)
        child.kill()
        lines += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL, "the writer ended by itself"
    return [json.loads(line) for line in lines if line.endswith("\n")]


def wait_for_nothing(stream: IO[str], seconds: float) -> None:
    """Let a random time pass that has nothing to do with the writer's own steps."""
    select.select([], [], [stream], seconds)


def check(store: Store, told: list[dict[str, Any]]) -> None:
    """All that was told is there, with at most more after it."""
    messages = {
        message.id: message
        for conversation in store.list_conversations()
        for message in store.load_branch(conversation.id)
    }
    latest = {entry["id"]: entry for entry in told if "id" in entry}  # of each message, what was told last
    for entry in latest.values():
        message = messages[entry["id"]]
        if entry["kind"] == "asked":
            assert message.content == entry["content"]
            continue
        assert message.run is not None
        assert message.state is not MessageState.STREAMING
        if "content" in entry:
            assert message.content.startswith(entry["content"])
        if message.run.id != entry.get("run"):
            continue  # a later run, of which nothing had been told
        if entry["kind"] == "appended":
            assert len(store.run_steps(message.run.id)) >= entry["steps"]
        if entry["kind"] == "finished":
            assert message.state is MessageState.COMPLETE
            assert message.run.state is RunState.FINISHED
            assert len(store.run_steps(message.run.id)) == entry["steps"]


def go_on(store: Store) -> int:
    """Let every answer that was cut short go on, to its end; how many there were."""
    from_before = [
        message
        for conversation in store.list_conversations()
        for message in store.load_branch(conversation.id)
        if message.state is MessageState.INTERRUPTED
    ]
    for message in from_before:
        step = make_step(1, "in ", "the ", "end ", drafted=2)
        on = store.continue_answer(message.id, REQUEST, PAIR, BUILD)
        assert on.run is not None
        store.finish_answer(on.run.id, make_finished((step,), ()), (step,))
        done = store.message(message.id)
        assert (done.content, done.state) == (message.content + "in the end ", MessageState.COMPLETE)
    assert len(from_before) == store.recovered
    return len(from_before)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_writer_loses_nothing_it_had_acknowledged(path: Path) -> None:
    rng = random.Random(20)
    told: list[dict[str, Any]] = []
    interrupted = 0
    for _ in range(ROUNDS):
        told += write_until_killed(path, rng)
        with Store.open(path, back_up=False) as store:
            assert store.notices == ()
            check(store, told)
            interrupted += go_on(store)
    kinds = {entry["kind"] for entry in told}
    # The kills came at every stage.
    assert kinds == {"opening", "asked", "begun", "appended", "finished", "went on"}
    assert interrupted > 3
