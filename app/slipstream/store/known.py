"""What is kept of pairs of models on this machine, as `core.known_pairs` takes it: from benchmarks and from answers.

Of answers the newest ones count: a machine, its build and its drafts change, and reading every step of all of them
would take long.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from slipstream.core.benchmark.history import MeasuredPrompt, pair_histories
from slipstream.core.chat import Drafting
from slipstream.core.events import ModelInfo
from slipstream.core.known_pairs import AnswerLine, DraftCount, KnownPairs, ModelFile
from slipstream.core.measurements import this_machine
from slipstream.store import packing
from slipstream.store.database import Database

MOST_ANSWERS = 1000
MOST_DRAFTED = 100  # of them, whose steps are read
LEAST_EMITTED = 32  # tokens: shorter answers measure little but their beginning

_ANSWERS = """
    SELECT run.id, run.pair, run.request, json_extract(run.metrics, '$.all.tokens_per_second') AS rate
    FROM run JOIN message ON message.id = run.message_id
    JOIN conversation ON conversation.id = message.conversation_id
    WHERE run.state = 'finished' AND conversation.deleted_at IS NULL AND message.removed_with IS NULL
      AND json_extract(run.metrics, '$.all.emitted') >= ? AND rate > 0
    ORDER BY run.id DESC LIMIT ?
"""
_DRAFTS = """
    SELECT run_id, length(drafted) / 4 AS drafted, accepted, count(*) AS steps FROM step
    WHERE run_id IN (SELECT value FROM json_each(?)) AND drafter = 'model' AND length(drafted) > 0
    GROUP BY run_id, length(drafted), accepted
"""


def known_pairs(database: Database, prompts: Iterable[MeasuredPrompt]) -> KnownPairs:
    """`prompts`: of all benchmarks; those of other machines are left out."""
    machine = this_machine()
    own = [prompt for prompt in prompts if prompt.setup.machine == machine]
    answers, pairs = _answers(database)
    return KnownPairs(tuple(pair_histories(own)), tuple(answers), tuple(_drafts(database, pairs)))


def _answers(database: Database) -> tuple[list[AnswerLine], dict[int, tuple[ModelFile, ModelFile]]]:
    """The newest answers of conversations; the pairs of the newest that a model drafted for, by run."""
    lines = []
    pairs: dict[int, tuple[ModelFile, ModelFile]] = {}
    for row in database.rows(_ANSWERS, LEAST_EMITTED, MOST_ANSWERS):
        loaded = packing.pair_from_json(row["pair"])
        request = packing.request_from_json(row["request"], None)
        if request.accept.changes_output:  # what it keeps says nothing of what an exact rule would keep
            continue
        target = _file(loaded.target)
        drafts = request.speculation.draft_max != 0 and request.speculation.drafting is not Drafting.NONE
        draft = None
        if drafts:
            if request.speculation.drafting is not Drafting.MODEL or loaded.draft is None:
                continue
            draft = _file(loaded.draft)
            if len(pairs) < MOST_DRAFTED:
                pairs[row["id"]] = target, draft
        lines.append(AnswerLine(target, draft, loaded.target.gpu_layers > 0, row["rate"]))
    return lines, pairs


def _drafts(database: Database, pairs: dict[int, tuple[ModelFile, ModelFile]]) -> Iterable[DraftCount]:
    found: Counter[tuple[ModelFile, ModelFile, int, int]] = Counter()
    for row in database.rows(_DRAFTS, json.dumps(list(pairs))):
        found[(*pairs[row["run_id"]], row["drafted"], row["accepted"])] += row["steps"]
    for (target, draft, drafted, accepted), steps in found.items():
        yield DraftCount(target, draft, drafted, accepted, steps)


def _file(model: ModelInfo) -> ModelFile:
    return ModelFile(PurePath(model.path).name, model.size_bytes, model.path)
