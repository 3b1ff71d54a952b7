"""Comparisons in the database: back as they were, kept segment by segment, gone with their conversation."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from comparison_samples import make_comparison
from store_samples import BUILD, PAIR, REQUEST

from slipstream.core.compared import KeptPass, Stage
from slipstream.core.errors import StoreError
from slipstream.core.reports import Scope, ScopeKind
from slipstream.store import Store

WHOLE = make_comparison()


def begun():
    """The same before anything was written of its second pass."""
    sides = tuple(replace(side, passes=(*side.passes[:1], KeptPass())) for side in WHOLE.sides)
    return replace(WHOLE, sides=sides, stage=Stage.RUNNING, partings=())


def test_it_comes_back_as_it_was(store: Store) -> None:
    number = store.keep_comparison(WHOLE)
    assert store.comparison(number) == WHOLE
    (line,) = store.list_comparisons()
    assert (line.id, line.uid, line.prompt, line.stage) == (number, "one", WHOLE.prompt, Stage.STOPPED)
    assert line.sides == tuple(side.spec for side in WHOLE.sides)
    assert line.created == WHOLE.created


def test_names_and_texts_of_every_kind_survive(store: Store) -> None:
    spec = replace(WHOLE.sides[2].spec, draft="/models/\udcff 'odd\" 🙂\n.gguf")
    sides = (*WHOLE.sides[:2], replace(WHOLE.sides[2], spec=spec))
    odd = replace(WHOLE, sides=sides, prompt='a\n"b" 🙂 \'', error="no", hint="try", note="a draft failed")
    assert store.comparison(store.keep_comparison(odd)) == odd


def test_segments_are_added_as_they_come_and_once_each(store: Store) -> None:
    number = store.keep_comparison(begun())
    for segment in WHOLE.sides[0].passes[1].segments[:2]:
        store.keep_comparison_segment("one", 0, 2, segment)
        store.keep_comparison_segment("one", 0, 2, segment)
    read = store.comparison(number)
    assert read.stage is Stage.RUNNING
    assert read.sides[0].passes[1] == KeptPass(WHOLE.sides[0].passes[1].segments[:2])
    assert store.keep_comparison(WHOLE) == number
    assert store.comparison(number) == WHOLE


def test_one_that_was_left_unfinished_is_cut_off_and_keeps_its_segments(path: Path) -> None:
    with Store.open(path) as store:
        number = store.keep_comparison(begun())
        store.keep_comparison_segment("one", 1, 2, WHOLE.sides[1].passes[1].segments[0])
    with Store.open(path) as store:
        read = store.comparison(number)
        assert read.stage is Stage.CUT_OFF
        assert [len(side.passes[1].segments) for side in read.sides] == [0, 1, 0]
        assert read.speedups()[0].decode.n == 6


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_store_comparisons import WHOLE, begun
from slipstream.store import Store
store = Store.open(Path(sys.argv[1]))
store.keep_comparison(begun())
for number in range(3):
    for side in range(3):
        store.keep_comparison_segment("one", side, 2, WHOLE.sides[side].passes[1].segments[number])
        print(number, side, flush=True)
sys.stdin.read()
"""


def test_a_kill_costs_no_segment_that_was_finished(path: Path) -> None:
    folders = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "core")]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), *folders],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        for _ in range(5):
            assert child.stdout.readline()
        child.kill()
        child.stdout.read()
    assert child.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        (line,) = store.list_comparisons()
        assert line.stage is Stage.CUT_OFF
        kept = [len(side.passes[1].segments) for side in store.comparison(line.id).sides]
        assert sum(kept) >= 5
        assert kept == sorted(kept, reverse=True)


def test_a_removed_one_is_gone(store: Store) -> None:
    first = store.keep_comparison(WHOLE)
    second = store.keep_comparison(make_comparison("two"))
    assert [line.id for line in store.list_comparisons()] == [second, first]
    store.remove_comparison(first)
    assert [line.id for line in store.list_comparisons()] == [second]
    with pytest.raises(StoreError, match="There is no comparison"):
        store.comparison(first)
    with pytest.raises(StoreError, match="removed"):
        store.keep_comparison_segment("one", 0, 1, WHOLE.sides[0].passes[0].segments[0])


def test_it_goes_with_its_conversation(store: Store) -> None:
    user, _ = store.begin_turn(None, "A question", REQUEST, PAIR, BUILD)
    conversation = user.conversation_id
    number = store.keep_comparison(replace(WHOLE, conversation=conversation, message=user.id))
    read = store.comparison(number)
    assert (read.conversation, read.message) == (conversation, user.id)
    (line,) = store.list_comparisons()
    assert line.conversation == conversation
    store.delete_conversation(conversation)
    assert store.list_comparisons() == []
    store.restore_conversation(conversation)
    assert [line.id for line in store.list_comparisons()] == [number]
    elsewhere = store.keep_comparison(replace(make_comparison("two"), conversation=999, message=999))
    assert store.comparison(elsewhere).conversation is None


def test_reports_name_what_is_meant(store: Store) -> None:
    user, _ = store.begin_turn(None, "A question", REQUEST, PAIR, BUILD)
    here = store.keep_comparison(replace(WHOLE, conversation=user.conversation_id))
    outside = store.keep_comparison(make_comparison("two"))
    meant = {
        Scope(ScopeKind.ALL): [here, outside],
        Scope(ScopeKind.CONVERSATION, user.conversation_id): [here],
        Scope(ScopeKind.COMPARISON, outside): [outside],
        Scope(ScopeKind.RUN, 1): [],
    }
    for scope, found in meant.items():
        assert store.report_comparisons(scope) == found
    assert store.report_runs(Scope(ScopeKind.COMPARISON, here)) == []
    with pytest.raises(StoreError, match="There is no comparison 99"):
        store.report_comparisons(Scope(ScopeKind.COMPARISON, 99))
    record = store.report_comparison(here)
    assert record is not None
    assert (record.title, record.has_texts) == ("A question", True)
    assert record.kept.prompt == WHOLE.prompt
    store.delete_conversation(user.conversation_id)
    assert store.report_comparisons(Scope(ScopeKind.ALL)) == [outside]
