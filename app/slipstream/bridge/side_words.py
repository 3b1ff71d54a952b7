"""What a comparison comes to, in sentences: the verdict, whether the texts are the same, why it ended early."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.side_choices import side_name
from slipstream.core.chat import GenerateRequest, Speculation
from slipstream.core.comparing import FEWEST, SAME, Verdict
from slipstream.core.side_by_side import Parting, Speedups


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


class Tone(StrEnum):
    """How a verdict is to be shown."""

    GOOD = "good"
    BAD = "bad"
    EVEN = "even"
    OPEN = "open"  # not known yet


@dataclass(frozen=True, slots=True)
class Told:
    tone: Tone
    sentence: str


def verdict(speculation: Speculation, speedups: Speedups) -> Told:
    """Whether this side pays, judged on decoding and on total latency both."""
    decode, total = speedups.decode, speedups.total
    tone, words = _judged(decode.verdict, total.verdict)
    if tone is Tone.OPEN and decode.low is None:
        words = (
            tr("{name}: too early to say whether it pays here ({n} of at least {fewest} segments).")
            if decode.ratio is None
            else tr(
                "{name}: too early to say whether it pays here ({n} of at least {fewest} segments, {decode} so far)."
            )
        )
    sentence = words.format(
        name=side_name(speculation),
        decode=decode.figures,
        total=total.figures,
        n=decode.n,
        fewest=FEWEST,
        same=f"{SAME:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
    )
    return Told(tone, sentence)


def _judged(decode: Verdict, total: Verdict) -> tuple[Tone, str]:
    """The tone of both together, and the sentence for it."""
    faster, slower, same, unknown = (
        *(Verdict.FASTER, Verdict.SLOWER, Verdict.NO_DIFFERENCE),
        Verdict.NOT_KNOWN_YET,
    )
    later = tr("{name} decodes faster here, {decode}, but answers no sooner: {total} in total latency.")
    told = {
        (faster, faster): (
            Tone.GOOD,
            tr("{name} pays here: {decode} in decoding, {total} in total latency."),
        ),
        (slower, slower): (
            Tone.BAD,
            tr("{name} does not pay here: {decode} in decoding, {total} in total latency."),
        ),
        (same, same): (
            Tone.EVEN,
            tr(
                "{name} makes no difference here, within {same}: {decode} in decoding, {total} in total latency."
            ),
        ),
        (faster, same): (Tone.EVEN, later),
        (faster, slower): (Tone.EVEN, later),
        (faster, unknown): (
            Tone.OPEN,
            tr("{name} decodes faster here, {decode}; whether it answers sooner is not known yet: {total}."),
        ),
        (slower, unknown): (
            Tone.OPEN,
            tr("{name} decodes slower here, {decode}; whether it answers later is not known yet: {total}."),
        ),
    }
    if (decode, total) in told:
        return told[decode, total]
    if unknown in (decode, total):
        return Tone.OPEN, tr(
            "{name}: not known yet whether it pays here. So far {decode} in decoding, {total} in total latency."
        )
    return Tone.EVEN, tr("{name}: {decode} in decoding, {total} in total latency.")


def best(speedups: Sequence[Speedups]) -> int | None:
    """Which of the sides after the first one to speak of first: the fastest so far."""
    ratios = [(each.decode.ratio, place) for place, each in enumerate(speedups)]
    known = [(ratio, place) for ratio, place in ratios if ratio is not None]
    return max(known)[1] if known else (0 if speedups else None)


def about_texts(
    request: GenerateRequest, sides: Sequence[Speculation], differ: bool, partings: Sequence[Parting]
) -> str:
    """Whether the texts are the same, and what it means where they are not. `differ`: two of them do."""
    if not differ:
        return tr("The texts are the same, token for token, as far as each goes.")
    if partings:
        return parting_words(min(partings, key=lambda parting: parting.token))
    if request.sampling.greedy:
        return tr("The texts differ.")
    lossy = [side_name(side) for side in sides if side.accept.changes_output]
    if lossy:
        return tr(
            "The texts may rightly differ: above temperature 0 each is drawn anew, and {0} changes the output."
        ).format(", ".join(lossy))
    return tr(
        "The texts may rightly differ: above temperature 0 each is drawn anew, from the same distribution."
    )


def parting_words(parting: Parting) -> str:
    """Where greedy texts part, and how near the choice was."""
    one, other = (quoted(text) for text in parting.wrote)
    words = tr("The texts part at token {n}: {one} or {other}.").format(
        n=parting.token + 1, one=one, other=other
    )
    if parting.margin is None:
        return words
    chances = " / ".join(f"{candidate.probability:.1%}" for candidate in parting.likeliest)
    near = (
        tr("The target's two likeliest tokens are {margin} logits apart there ({chances}): rounding decides.")
        if parting.by_rounding
        else tr(
            "The target's two likeliest tokens are {margin} logits apart there ({chances}), "
            "more than rounding explains."
        )
    )
    margin = f"{parting.margin:.3f}" if parting.margin < 0.1 else f"{parting.margin:.2f}"
    return f"{words} {near.format(margin=margin, chances=chances)}"


def quoted(text: str) -> str:
    """A token's text as it can be shown in a sentence."""
    if not text:
        return tr("the end")
    shown = text.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣")
    return f"“{shown}”"
