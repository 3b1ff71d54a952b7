"""Every run that was ever finished, as one line of figures each: what history shows of conversations."""

from dataclasses import dataclass
from datetime import datetime

from slipstream.store.database import Database

MOST_RUNS = 5000


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run. None where it was not measured."""

    id: int
    created: datetime  # UTC
    target: str  # file names
    draft: str | None  # the model that was loaded beside it, used or not
    drafting: str  # "none" | "model" | "ngram", as it was asked for
    emitted: int
    drafted: int
    accepted: int
    steps: int
    tokens_per_second: float | None

    @property
    def acceptance_rate(self) -> float | None:
        return self.accepted / self.drafted if self.drafted else None


def load(database: Database, most: int = MOST_RUNS) -> list[RunLine]:
    """The newest `most` finished runs of conversations that are not deleted, the oldest of them first."""
    rows = database.rows(
        """SELECT run.id, run.created_at, run.target, run.draft,
                  json_extract(run.request, '$.speculation.drafting') AS drafting,
                  json_extract(run.metrics, '$.all.emitted') AS emitted,
                  json_extract(run.metrics, '$.all.drafted') AS drafted,
                  json_extract(run.metrics, '$.all.accepted') AS accepted,
                  json_extract(run.metrics, '$.all.steps') AS steps,
                  json_extract(run.metrics, '$.all.tokens_per_second') AS rate
           FROM run LEFT JOIN message ON message.id = run.message_id
           LEFT JOIN conversation ON conversation.id = message.conversation_id
           WHERE run.state = 'finished' AND conversation.deleted_at IS NULL AND message.removed_with IS NULL
           ORDER BY run.id DESC LIMIT ?""",
        most,
    )
    return [
        RunLine(
            id=row["id"],
            created=datetime.fromisoformat(row["created_at"]),
            target=row["target"],
            draft=row["draft"],
            drafting=row["drafting"] or "none",
            emitted=row["emitted"] or 0,
            drafted=row["drafted"] or 0,
            accepted=row["accepted"] or 0,
            steps=row["steps"] or 0,
            tokens_per_second=row["rate"],
        )
        for row in reversed(rows)
    ]
