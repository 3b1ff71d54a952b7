"""An engine that writes a given text at a given speed, as a GPU would: what it tells comes at the times it tells."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from scripted_engine import ScriptedEngine

from slipstream.core.chat import GenerateRequest
from slipstream.core.events import Origin, PrefillProgress, RunEvent, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import Phase, StepRecord, StopReason

DRAFTED = 4
KEPT = (4, 2, 3, 0, 4, 3, 1)  # of each draft, over and over
FIRST_MS = 80.0


@dataclass
class PacedEngine(ScriptedEngine):
    """`text` in tokens of `size` characters, `rate` tokens a second, by drafts of four."""

    text: str = ""
    phase: Phase = Phase.ANSWER
    rate: float = 500.0
    size: int = 4

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        self.stop.clear()
        self.requests.append(request)
        yield PrefillProgress("target", 1, 1, 0)
        tokens = [self.text[i : i + self.size] for i in range(0, len(self.text), self.size)]
        records: list[StepRecord] = []
        began, done, kept = time.monotonic(), 0, cycle(KEPT)
        while done < len(tokens):
            accepted = min(next(kept), len(tokens) - done - 1) if records else 0
            late = began + (done + accepted + 1) / self.rate - time.monotonic()
            if self.stop.wait(max(0.0, late)):
                break
            record = self._made(records, done, accepted, (time.monotonic() - began) * 1000)
            records.append(record)
            yield StepDone(record, self._pieces(tokens, done, accepted))
            done += accepted + 1
        texts = {phase: self.text if phase is self.phase else "" for phase in Phase}
        yield RunFinished(self._stats(request, records, texts, StopReason.END_OF_TURN, 1), ())

    def _pieces(self, tokens: list[str], done: int, accepted: int) -> tuple[TextPiece, ...]:
        origins = [Origin.ACCEPTED] * accepted + [Origin.BONUS if accepted == DRAFTED else Origin.RECOVERED]
        return tuple(
            TextPiece(tokens[done + i], self.phase, origin, done + i) for i, origin in enumerate(origins)
        )

    def _made(self, records: list[StepRecord], done: int, accepted: int, now_ms: float) -> StepRecord:
        drafted = tuple(range(DRAFTED)) if records else ()
        before_ms = records[-1].t_ms if records else FIRST_MS
        t_ms = max(FIRST_MS + now_ms, before_ms + 0.1)
        return StepRecord(
            index=len(records) + 1,
            drafter="model" if drafted else "none",
            rule="block" if drafted else "match",
            phase=self.phase,
            position=1 + done,
            limit=DRAFTED,
            drafted=drafted,
            accepted=accepted,
            emitted=tuple(range(done, done + accepted + 1)),
            target_probs=(0.6,) * len(drafted),
            draft_probs=(0.5,) * len(drafted),
            draft_ms=0.2 * (t_ms - before_ms),
            verify_ms=0.7 * (t_ms - before_ms),
            sample_ms=0.05 * (t_ms - before_ms),
            other_ms=0.05 * (t_ms - before_ms),
            t_ms=t_ms,
        )
