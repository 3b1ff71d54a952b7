"""What is said of benchmarks, in the person's language. Pure functions from figures to sentences."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from slipstream.bridge.status import place
from slipstream.core.amounts import time_text
from slipstream.core.benchmark.figures import ALL, KindFigures
from slipstream.core.benchmark.history import PairHistory
from slipstream.core.benchmark.running import BenchProgress
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.chat import AcceptRule, Drafting, Speculation
from slipstream.core.comparing import SAME, Comparison, Verdict
from slipstream.core.events import PairLoaded
from slipstream.ui.dashboard import figures as written


def tr(text: str) -> str:
    return QCoreApplication.translate("Bench", text)


def kind_word(kind: str) -> str:
    """A kind of text; one of a person's own file as it is called there."""
    return {
        ALL: tr("All together"),
        "code": tr("Code"),
        "math": tr("Maths"),
        "open": tr("Open questions"),
        "rewrite": tr("Rewriting"),
        "other": tr("Other texts"),
        "prompt": tr("One prompt"),
    }.get(kind, kind)


def on_kind(kind: str) -> str:
    """E.g. "on code"."""
    return {
        "code": tr("on code"),
        "math": tr("on maths"),
        "open": tr("on open questions"),
        "rewrite": tr("on rewriting"),
        "other": tr("on other texts"),
        "prompt": tr("on one prompt"),
    }.get(kind, tr("on “{0}”").format(kind))


def counted(n: int, unit: str) -> str:
    """How much a figure rests on."""
    words = {
        "prompts": (tr("1 prompt"), tr("{n} prompts")),
        "repeats": (tr("1 repeat"), tr("{n} repeats")),
        "pairs": (tr("1 pair of answers"), tr("{n} pairs of answers")),
    }[unit]
    return words[0] if n == 1 else words[1].format(n=n)


def verdict(comparison: Comparison, unit: str) -> str:
    """One sentence on whether drafting makes decoding faster."""
    if comparison.ratio is None:
        return tr("Nothing is measured yet.")
    rests_on = counted(comparison.n, unit)
    if comparison.low is None:
        return tr("Not known yet whether drafting pays: {0} so far, {1} are too few.").format(
            written.gained(comparison), rests_on
        )
    sentence = {
        Verdict.FASTER: tr("With drafting, text is written {0} as fast (95 % interval, {1})."),
        Verdict.SLOWER: tr("Drafting costs speed here: {0} as fast (95 % interval, {1})."),
        Verdict.NO_DIFFERENCE: tr(
            "Drafting makes no difference of more than {2} %: {0} (95 % interval, {1})."
        ),
        Verdict.NOT_KNOWN_YET: tr("Not known yet whether drafting pays: {0} (95 % interval, {1})."),
    }[comparison.verdict]
    return sentence.format(written.gained(comparison), rests_on, round(SAME * 100))


def further(figures: KindFigures, setup: BenchSetup) -> str:
    """What else is to be said of all of it."""
    found = []
    if figures.total.ratio is not None:
        found.append(tr("The whole answer, prompt included: {0}.").format(written.gained(figures.total)))
    if setup.greedy:
        same = tr("{0} of {1} pairs of answers are the same, token for token.")
        found.append(same.format(figures.same_text, figures.pairs))
    else:
        found.append(
            tr("Sampled answers rightly differ; they are compared up to the length of the shorter one.")
        )
    if figures.changes_output:
        found.append(tr("The acceptance rule changes the output."))
    return " ".join(found)


def drafting_words(speculation: Speculation) -> str:
    """How it is drafted, e.g. "automatic length"."""
    length = (
        tr("automatic length")
        if speculation.draft_max is None
        else tr("up to {0} tokens a step").format(speculation.draft_max)
    )
    rule = {
        AcceptRule.RELAXED: tr("relaxed acceptance"),
        AcceptRule.TYPICAL: tr("typical acceptance"),
    }.get(speculation.accept)
    return f"{length}, {rule}" if rule else length


def pair_words(setup: BenchSetup) -> str:
    """Both models by name."""
    target = Path(setup.target.name).stem
    if setup.draft is None:
        return tr("{0} with n-gram lookup").format(target)
    return tr("{0} with the draft {1}").format(target, Path(setup.draft.name).stem)


def will_compare(loaded: PairLoaded, speculation: Speculation) -> str:
    """What a benchmark begun now would compare."""
    target = tr("{0} ({1})").format(Path(loaded.target.path).stem, place(loaded.target))
    if speculation.drafting is Drafting.MODEL and loaded.draft is not None:
        drafter = tr("the draft {0}").format(Path(loaded.draft.path).stem)
    else:
        drafter = tr("n-gram lookup")
    return tr("{0}: with {1}, {2}, against no drafting").format(target, drafter, drafting_words(speculation))


def setup_lines(setup: BenchSetup) -> list[tuple[str, str]]:
    """(what, value): with what it was measured, and on what."""
    devices = ", ".join(setup.target.devices)
    sampled = tr("temperature {0}, top-p {1}, top-k {2}").format(
        f"{setup.sampling.temperature:g}", f"{setup.sampling.top_p:g}", setup.sampling.top_k
    )
    rows = [
        (tr("Model"), f"{setup.target.name} · {setup.target.description}"),
        (tr("SHA-256"), setup.target.sha256),
    ]
    if setup.draft is not None:
        rows += [
            (tr("Draft"), f"{setup.draft.name} · {setup.draft.description}"),
            (tr("SHA-256"), setup.draft.sha256),
        ]
    return [
        *rows,
        (tr("Drafting"), drafting_words(setup.speculation)),
        (tr("Sampling"), tr("greedy") if setup.greedy else f"{sampled}, {tr('seed {0}').format(setup.seed)}"),
        (tr("Longest answer"), tr("{n} tokens").format(n=setup.max_tokens)),
        (tr("Context"), tr("{n} tokens").format(n=setup.context)),
        (tr("Machine"), f"{setup.machine} · {devices} · {tr('{n} threads').format(n=setup.threads)}"),
        (tr("Engine"), f"{setup.build} · Slipstream {setup.version}"),
    ]


def progress_words(progress: BenchProgress) -> str:
    """How far it is, and what is being answered."""
    how = tr("with drafting") if progress.drafting else tr("without drafting")
    parts = [tr("{0} of {1}").format(progress.done, progress.total)]
    if progress.seconds_left is not None:
        parts.append(tr("about {0} left").format(time_text(progress.seconds_left)))
    return " · ".join([*parts, f"{progress.prompt}, {how}"])


def when(moment: datetime) -> str:
    """A time in the person's zone and manner."""
    local = moment.astimezone()
    shown = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)


def pair_sentence(history: PairHistory) -> str:
    """What is known of a pair, e.g. "A with the draft B on this machine: 1.62× (1.55–1.70) on code"."""
    known = [kind for kind in history.kinds if kind.decode.ratio is not None]
    if not known:
        return tr("{0}: nothing is measured yet.").format(pair_words(history.setup))
    told = joined(f"{written.gained(kind.decode)} {on_kind(kind.kind)}" for kind in known)
    return tr("{0}, {1}: {2}.").format(
        pair_words(history.setup), drafting_words(history.setup.speculation), told
    )


def joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
