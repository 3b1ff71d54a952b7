"""The figures as tables, from whatever rows there are: every line says of how many prompts it is."""

import json
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from acceptance_length import LENGTHS, LIKELIEST, Place, expected_length
from figures import Rates, best, log_ratios, ratio, two_fold
from hindsight import Prices, Trace, fixed_ms, hindsight_limit, oracle_ms
from plan import AUTO, FIGURES, FIXED, NGRAM, OFF, PEER, PEER_DRAFTING, REWRITE
from rows import Key, Row


@dataclass(frozen=True)
class Scope:
    """Which rows count: of these files and lengths."""

    targets: Mapping[str, str]  # "large" | "quantized" → file name
    tokens: int
    rewrite_tokens: int
    kinds: Sequence[str]


@dataclass(frozen=True)
class Rows:
    """The rows of one target, temperature and length, for comparing settings on a kind of prompt."""

    rows: Sequence[Row]

    def rates(self, kind: str) -> dict[str, dict[str, float]]:
        """{setting: {prompt id: tokens/s}}, the geometric mean of repeats."""
        found: dict[str, dict[str, list[float]]] = {}
        for row in self.rows:
            rate = row.answer.tokens_per_second
            if row.key.kind == kind and rate:
                found.setdefault(row.key.setting, {}).setdefault(row.key.id, []).append(rate)
        return {
            setting: {name: statistics.geometric_mean(repeats) for name, repeats in by_id.items()}
            for setting, by_id in found.items()
        }


def print_figures(
    figures: Iterable[str],
    scope: Scope,
    rows: Sequence[Row],
    places: Sequence[Place],
    traces: Mapping[Key, Trace],
    prices: Prices | None,
) -> None:
    def some(target: str, temperature: float, tokens: int) -> Rows:
        asked = (scope.targets[target], temperature, tokens)
        return Rows(
            [row for row in rows if (row.key.target, row.key.temperature, row.key.max_tokens) == asked]
        )

    for figure in figures:
        print(f"\n### {figure}: {FIGURES[figure]}\n")
        if figure in "AB":
            against_peer(scope.kinds, some("large", 0.0 if figure == "A" else 0.6, scope.tokens))
        elif figure == "C":
            against_fixed(scope.kinds, {t: some("large", t, scope.tokens) for t in (0.0, 0.6)})
        elif figure == "D":
            against_off(scope.kinds, {t: some("quantized", t, scope.tokens) for t in (0.0, 0.6)})
        elif figure == "E":
            rewriting({name: some(name, 0.0, scope.rewrite_tokens) for name in scope.targets})
        elif figure == "F":
            acceptance(places)
        elif prices is not None:
            in_hindsight(scope.kinds, {t: some("large", t, scope.tokens) for t in (0.0, 0.6)}, traces, prices)


def against_peer(kinds: Sequence[str], rows: Rows) -> None:
    """A and B. The peer's setting is the best for the kind on these very prompts."""
    _head("kind", "n", *PEER, AUTO, "best of 3", "ours / best of 3", "ours / best of 4, off too", "same text")
    three: list[list[float]] = []
    four: list[list[float]] = []
    for kind in kinds:
        rates = rows.rates(kind)
        drafting, any_ = best(rates, PEER_DRAFTING), best(rates, tuple(PEER))
        if drafting is None or any_ is None or AUTO not in rates:
            continue
        three.append(log_ratios(rates[AUTO], rates[drafting]))
        four.append(log_ratios(rates[AUTO], rates[any_]))
        speeds = [_speed(rates.get(name, {})) for name in (*PEER, AUTO)]
        same = _same_text(rows.rows, kind, AUTO, drafting)
        _line(
            kind, len(three[-1]), *speeds, drafting, ratio([three[-1]]), f"{ratio([four[-1]])} {any_}", same
        )
    blanks = [""] * (len(PEER) + 2)
    _line("**all kinds**", sum(map(len, three)), *blanks, ratio(three), ratio(four), "")


def against_fixed(kinds: Sequence[str], by_temperature: Mapping[float, Rows]) -> None:
    """C. The length is chosen on half of the prompts, compared on the other half, both ways round."""
    _head("kind", "T", "n", AUTO, *FIXED, "chosen", "auto / chosen", "auto / off")
    for temperature, rows in by_temperature.items():
        logs: list[list[float]] = []
        for kind in kinds:
            rates = rows.rates(kind)
            own, chosen = two_fold(rates, AUTO, tuple(FIXED))
            if not own:
                continue
            logs.append(own)
            speeds = [_speed(rates.get(name, {})) for name in (AUTO, *FIXED)]
            off = ratio([log_ratios(rates[AUTO], rates[OFF])])
            _line(kind, f"{temperature:g}", len(own), *speeds, ", ".join(chosen), ratio([own]), off)
        blanks = [""] * (len(FIXED) + 2)
        _line("**all kinds**", f"{temperature:g}", sum(map(len, logs)), *blanks, ratio(logs), "")


def against_off(kinds: Sequence[str], by_temperature: Mapping[float, Rows]) -> None:
    """D. Total latency is compared at the shorter answer's length, where a temperature makes them differ."""
    _head(
        "kind", "T", "n", OFF, AUTO, "decode: auto / off", "total latency: off / auto", "steps that drafted"
    )
    for temperature, rows in by_temperature.items():
        decode: list[list[float]] = []
        latency: list[list[float]] = []
        for kind in kinds:
            rates = rows.rates(kind)
            if AUTO not in rates or OFF not in rates:
                continue
            decode.append(log_ratios(rates[AUTO], rates[OFF]))
            latency.append(_latency_logs(rows, kind))
            drafting = _drafting_share(
                [row for row in rows.rows if (row.key.kind, row.key.setting) == (kind, AUTO)]
            )
            speeds = (_speed(rates[OFF]), _speed(rates[AUTO]))
            _line(
                kind,
                f"{temperature:g}",
                len(decode[-1]),
                *speeds,
                ratio(decode[-1:]),
                ratio(latency[-1:]),
                drafting,
            )
        blanks = ("", "")
        _line(
            "**all kinds**",
            f"{temperature:g}",
            sum(map(len, decode)),
            *blanks,
            ratio(decode),
            ratio(latency),
            "",
        )


def rewriting(by_target: Mapping[str, Rows]) -> None:
    """E."""
    _head("target", "n", OFF, NGRAM, "n-gram / off", "tokens a step", "same text")
    for target, rows in by_target.items():
        rates = rows.rates(REWRITE)
        if NGRAM not in rates or OFF not in rates:
            continue
        logs = log_ratios(rates[NGRAM], rates[OFF])
        own = [row.answer for row in rows.rows if (row.key.kind, row.key.setting) == (REWRITE, NGRAM)]
        length = sum(len(answer.tokens) for answer in own) / sum(len(answer.steps) for answer in own)
        same = _same_text(rows.rows, REWRITE, NGRAM, OFF)
        _line(
            target, len(logs), _speed(rates[OFF]), _speed(rates[NGRAM]), ratio([logs]), f"{length:.2f}", same
        )


def acceptance(places: Sequence[Place]) -> None:
    """F. tau per rule; block and match judge the same drawn drafts, "likeliest" is match on its own drafts."""
    _head(
        "T",
        "draft",
        "places",
        "block",
        "token",
        "match, drawn",
        "match, likeliest",
        "block / drawn",
        "block / likeliest",
    )
    for temperature in sorted({place.temperature for place in places}):
        for length in LENGTHS:
            own = [place for place in places if place.temperature == temperature]
            tau = {
                name: expected_length(own, name, length) for name in ("block", "token", "match", LIKELIEST)
            }
            ratios = (tau["block"] / tau["match"], tau["block"] / tau[LIKELIEST])
            _line(f"{temperature:g}", length, len(own), *(f"{x:.3f}" for x in (*tau.values(), *ratios)))


def in_hindsight(
    kinds: Sequence[str], by_temperature: Mapping[float, Rows], traces: Mapping[Key, Trace], prices: Prices
) -> None:
    """H. Speeds at the cost table's prices, relative to the limit; "best fixed" is of the draft model alone."""
    _head("kind", "T", "n", "limit / off", "ours / limit", "best fixed / limit", "best fixed")
    for temperature, rows in by_temperature.items():
        for kind in kinds:
            own = [
                row
                for row in rows.rows
                if (row.key.kind, row.key.setting) == (kind, AUTO) and row.key in traces
            ]
            own = [row for row in own if len(row.answer.steps) > 1]
            if not own:
                continue
            runs = [(traces[row.key], row.answer.steps) for row in own]
            least = sum(oracle_ms(trace, prices) for trace, _ in runs)
            fixed = {
                length: sum(fixed_ms(trace, prices, length) for trace, _ in runs) for length in range(17)
            }
            length = min(fixed, key=fixed.__getitem__)
            shares = (fixed[0] / least, hindsight_limit(runs, prices), least / fixed[length])
            _line(kind, f"{temperature:g}", len(own), *(f"{share:.3f}" for share in shares), length)


def read_prices(path: Path, target: str) -> Prices:
    """The prices of a target's table. Raises SystemExit where it has none."""
    for table in json.loads(path.read_text("utf-8")):
        if table["name"] == target:
            verify = {int(tokens): float(ms) for tokens, ms in table["verify"].items()}
            return Prices(verify, float(table["draft_ms"]))
    raise SystemExit(f"{path} has no costs of {target}: measure them with costs.py, or leave out H")


def _latency_logs(rows: Rows, kind: str) -> list[float]:
    found: dict[tuple[str, int], dict[str, Row]] = {}
    for row in rows.rows:
        if row.key.kind == kind:
            found.setdefault((row.key.id, row.key.repeat), {})[row.key.setting] = row
    logs: dict[str, list[float]] = {}
    for (name, _repeat), sides in found.items():
        if AUTO in sides and OFF in sides:
            auto, off = sides[AUTO].answer, sides[OFF].answer
            tokens = min(len(auto.tokens), len(off.tokens))
            logs.setdefault(name, []).append(math.log(off.latency_ms(tokens) / auto.latency_ms(tokens)))
    return [statistics.fmean(each) for each in logs.values()]


def _same_text(rows: Iterable[Row], kind: str, one: str, other: str) -> str:
    """On how many prompts both wrote the same tokens, as far as both wrote."""
    texts: dict[str, dict[str, tuple[int, ...]]] = {}
    for row in rows:
        if row.key.kind == kind and row.key.repeat == 0 and row.key.setting in (one, other):
            texts.setdefault(row.key.id, {})[row.key.setting] = row.answer.tokens
    pairs = [(both[one], both[other]) for both in texts.values() if len(both) == 2]
    same = sum(a[: len(b)] == b[: len(a)] for a, b in pairs)
    return f"{same}/{len(pairs)}"


def _drafting_share(rows: Sequence[Row]) -> str:
    steps = [step for row in rows for step in row.answer.steps[1:]]
    return f"{sum(step.drafted > 0 for step in steps) / len(steps):.0%}" if steps else ""


def _speed(rates: Rates) -> str:
    return f"{statistics.geometric_mean(rates.values()):.2f}" if rates else ""


def _head(*cells: object) -> None:
    _line(*cells)
    print("|" + "---|" * len(cells))


def _line(*cells: object) -> None:
    print("| " + " | ".join("–" if cell is None else str(cell) for cell in cells) + " |")
