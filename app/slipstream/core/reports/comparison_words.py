"""A comparison in words: what each side is called, the verdict, whether the texts are the same.

For the window and for reports alike: a `Speech` says in whose language, and how it writes numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest
from slipstream.core.comparing import FEWEST, SAME, Comparison, Verdict
from slipstream.core.reports.speech import NA, Speech
from slipstream.core.side_by_side import Parting, SideSpec, Speedups


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


def side_name(side: SideSpec, speech: Speech) -> str:
    """What a side is called, so that it can begin a sentence."""
    translate, speculation = speech.translate, side.speculation
    if speculation.drafting is Drafting.NONE:
        return translate("SideBySide", "No drafting")
    if speculation.drafting is Drafting.NGRAM:
        return translate("SideBySide", "n-gram lookup")
    draft = draft_name(side.draft)
    if speculation.draft_max is not None:
        words = (
            translate("SideBySide", "Drafting {0} with {1}")
            if draft
            else translate("SideBySide", "Drafting {0}")
        )
        return words.format(speculation.draft_max, draft)
    rule = {
        AcceptRule.RELAXED: translate("SideBySide", "Relaxed acceptance"),
        AcceptRule.TYPICAL: translate("SideBySide", "Typical acceptance"),
    }.get(speculation.accept)
    if rule is not None:
        return f"{rule}, {draft}" if draft else rule
    if draft:
        return translate("SideBySide", "Drafting with {0}").format(draft)
    return translate("SideBySide", "Automatic drafting")


def draft_name(path: str) -> str:
    """A model file as people call it."""
    return PurePath(path).name.removesuffix(".gguf")


def figures(comparison: Comparison, speech: Speech) -> str:
    """A ratio with its interval, e.g. "1.62× (1.55–1.70)"; a dash without a pair."""
    return comparison.figures.replace(".", speech.point) or NA


def verdict(side: SideSpec, speedups: Speedups, speech: Speech) -> Told:
    """Whether this side pays, judged on decoding and on total latency both."""
    translate = speech.translate
    decode, total = speedups.decode, speedups.total
    tone, words = _judged(decode.verdict, total.verdict, speech)
    if tone is Tone.OPEN and decode.low is None:
        words = (
            translate(
                "SideBySide",
                "{name}: too early to say whether it pays here ({n} of at least {fewest} segments).",
            )
            if decode.ratio is None
            else translate(
                "SideBySide",
                "{name}: too early to say whether it pays here ({n} of at least {fewest} segments, {decode} so far).",
            )
        )
    sentence = words.format(
        name=side_name(side, speech),
        decode=figures(decode, speech),
        total=figures(total, speech),
        n=decode.n,
        fewest=FEWEST,
        same=speech.percent(SAME),
    )
    return Told(tone, sentence)


def _judged(decode: Verdict, total: Verdict, speech: Speech) -> tuple[Tone, str]:
    """The tone of both together, and the sentence for it."""
    translate = speech.translate
    faster, slower, same, unknown = (
        *(Verdict.FASTER, Verdict.SLOWER, Verdict.NO_DIFFERENCE),
        Verdict.NOT_KNOWN_YET,
    )
    later = translate(
        "SideBySide", "{name} decodes faster here, {decode}, but answers no sooner: {total} in total latency."
    )
    told = {
        (faster, faster): (
            Tone.GOOD,
            translate("SideBySide", "{name} pays here: {decode} in decoding, {total} in total latency."),
        ),
        (slower, slower): (
            Tone.BAD,
            translate(
                "SideBySide", "{name} does not pay here: {decode} in decoding, {total} in total latency."
            ),
        ),
        (same, same): (
            Tone.EVEN,
            translate(
                "SideBySide",
                "{name} makes no difference here, within {same}: {decode} in decoding, {total} in total latency.",
            ),
        ),
        (faster, same): (Tone.EVEN, later),
        (faster, slower): (Tone.EVEN, later),
        (faster, unknown): (
            Tone.OPEN,
            translate(
                "SideBySide",
                "{name} decodes faster here, {decode}; whether it answers sooner is not known yet: {total}.",
            ),
        ),
        (slower, unknown): (
            Tone.OPEN,
            translate(
                "SideBySide",
                "{name} decodes slower here, {decode}; whether it answers later is not known yet: {total}.",
            ),
        ),
    }
    if (decode, total) in told:
        return told[decode, total]
    if unknown in (decode, total):
        return Tone.OPEN, translate(
            "SideBySide",
            "{name}: not known yet whether it pays here. So far {decode} in decoding, {total} in total latency.",
        )
    return Tone.EVEN, translate("SideBySide", "{name}: {decode} in decoding, {total} in total latency.")


def best(speedups: Sequence[Speedups]) -> int | None:
    """Which of the sides after the first one to speak of first: the fastest so far."""
    ratios = [(each.decode.ratio, place) for place, each in enumerate(speedups)]
    known = [(ratio, place) for ratio, place in ratios if ratio is not None]
    return max(known)[1] if known else (0 if speedups else None)


def about_texts(
    request: GenerateRequest,
    sides: Sequence[SideSpec],
    differ: bool,
    partings: Sequence[Parting],
    speech: Speech,
) -> str:
    """Whether the texts are the same, and what it means where they are not. `differ`: two of them do."""
    translate = speech.translate
    if not differ:
        return translate("SideBySide", "The texts are the same, token for token, as far as each goes.")
    if partings:
        return parting_words(min(partings, key=lambda parting: parting.token), speech)
    if request.sampling.greedy:
        return translate("SideBySide", "The texts differ.")
    lossy = [side_name(side, speech) for side in sides if side.speculation.accept.changes_output]
    if lossy:
        return translate(
            "SideBySide",
            "The texts may rightly differ: above temperature 0 each is drawn anew, and {0} changes the output.",
        ).format(", ".join(lossy))
    return translate(
        "SideBySide",
        "The texts may rightly differ: above temperature 0 each is drawn anew, from the same distribution.",
    )


def parting_words(parting: Parting, speech: Speech) -> str:
    """Where greedy texts part, and how near the choice was."""
    translate = speech.translate
    one, other = (quoted(text, speech) for text in parting.wrote)
    words = translate("SideBySide", "The texts part at token {n}: {one} or {other}.").format(
        n=parting.token + 1, one=one, other=other
    )
    if parting.margin is None:
        return words
    chances = " / ".join(
        f"{candidate.probability:.1%}".replace(".", speech.point) for candidate in parting.likeliest
    )
    near = (
        translate(
            "SideBySide",
            "The target's two likeliest tokens are {margin} logits apart there ({chances}): rounding decides.",
        )
        if parting.by_rounding
        else translate(
            "SideBySide",
            "The target's two likeliest tokens are {margin} logits apart there ({chances}), "
            "more than rounding explains.",
        )
    )
    margin = f"{parting.margin:.3f}" if parting.margin < 0.1 else f"{parting.margin:.2f}"
    margin = margin.replace(".", speech.point)
    return f"{words} {near.format(margin=margin, chances=chances)}"


def quoted(text: str, speech: Speech) -> str:
    """A token's text as it can be shown in a sentence."""
    if not text:
        return speech.translate("SideBySide", "the end")
    shown = text.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣")
    return f"“{shown}”"
