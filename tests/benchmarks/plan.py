"""What has to be measured for which figure: settings, and the jobs they are compared in.

A job is one kind of prompt at one temperature on one target; its settings take turns on every prompt. Figures that
need the same rows share them. It knows no engine and no server.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from slipstream.core.chat import Drafting, Speculation

FREE_KINDS = ("code", "math", "open")
REWRITE = "rewrite"
PEER_OFF, OFF, AUTO, NGRAM = "peer off", "ours off", "ours auto", "ours ngram"

# llama-server's drafting, as arguments; the best of the last three is what a person who tries would find.
PEER: dict[str, tuple[str, ...]] = {
    PEER_OFF: (),
    "peer 3": ("--spec-draft-n-max", "3"),
    "peer 6": ("--spec-draft-n-max", "6"),
    "peer 8, p .75": ("--spec-draft-n-max", "8", "--spec-draft-p-min", "0.75"),
}
PEER_DRAFTING = tuple(PEER)[1:]

FIXED = {OFF: 0, "ours 2": 2, "ours 4": 4, "ours 6": 6, "ours 8": 8}
OWN: dict[str, Speculation] = {
    AUTO: Speculation(Drafting.MODEL),
    NGRAM: Speculation(Drafting.NGRAM),
    **{
        name: Speculation(Drafting.MODEL if length else Drafting.NONE, length, lookup=False)
        for name, length in FIXED.items()
    },
}
LEARNING = (AUTO, NGRAM)  # settings of which the engine is to learn; the others must teach it nothing


@dataclass(frozen=True)
class Job:
    """`settings` compared on prompts of one kind."""

    target: str  # "large" | "quantized": which of the two target files
    kind: str
    temperature: float
    max_tokens: int
    settings: tuple[str, ...]


def jobs(figures: Iterable[str], kinds: Iterable[str], tokens: int, rewrite_tokens: int) -> list[Job]:
    """The jobs for `figures` (letters of `FIGURES`), those of one target together.

    `kinds` limits them; E is about rewriting and nothing else.
    """
    wanted: dict[tuple[str, str, float, int], dict[str, None]] = {}

    def want(target: str, kind: str, temperature: float, most: int, *settings: str) -> None:
        wanted.setdefault((target, kind, temperature, most), {}).update(dict.fromkeys(settings))

    for figure in figures:
        for kind in kinds:
            if figure == "A":
                want("large", kind, 0.0, tokens, AUTO, *PEER, OFF)
            elif figure == "B":
                want("large", kind, 0.6, tokens, AUTO, *PEER, OFF)
            elif figure in "CH":
                for temperature in (0.0, 0.6):
                    want("large", kind, temperature, tokens, AUTO, *(FIXED if figure == "C" else ()))
            elif figure == "D":
                for temperature in (0.0, 0.6):
                    want("quantized", kind, temperature, tokens, AUTO, OFF)
            elif figure == "F":
                for temperature in (0.6, 1.0):
                    want("large", kind, temperature, tokens, "ours 4")
        if figure == "E":
            for target in ("large", "quantized"):
                want(target, REWRITE, 0.0, rewrite_tokens, NGRAM, OFF)
    found = [Job(*key, tuple(settings)) for key, settings in wanted.items()]
    return sorted(found, key=lambda job: job.target)


FIGURES = {
    "A": "ours on auto / llama-server at its best, T=0",
    "B": "the same at T=0.6, top-p 0.95",
    "C": "ours on auto / our best fixed length",
    "D": "quantized target: ours on auto / not drafting",
    "E": "rewriting: n-gram lookup / not drafting",
    "F": "expected acceptance length, block / match",
    "H": "ours on auto / the best any length could have done in hindsight",
}


def in_turn(settings: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The order for the number-th prompt: it starts one further each time, and runs backwards every other time.

    So each setting comes at each place and on either side of each other one, whatever the machine does meanwhile.
    """
    start = number // 2 % len(settings)
    order = settings[start:] + settings[:start]
    return order[::-1] if number % 2 else order
