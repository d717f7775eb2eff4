"""The rows of the table that outcomes of a contest make: errors by half and group, and what stands twice."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.contest import Outcome
from benchmarks.peers import PLAIN, PLAIN_WITHOUT_VAD
from benchmarks.table import Row

SHARE_OF_PLAIN, SHARE_OF_BETTER, SHARE_OF_WORST = 0.80, 1.00, 1.00
MIN_WORDS = 100
"""Recordings with fewer words are too small for a share of their own."""


def half_rows(half: str, outcomes: Sequence[Outcome], name: str) -> list[Row]:
    """Errors of contestant `name` on the calls of a half, beside plain's; bars as for the half nothing was tuned on."""
    ours, plain = total(outcomes, name), total(outcomes, PLAIN)
    words = sum(outcome.errors[name].words for outcome in outcomes)
    better = sum(outcome.better_of_plain for outcome in outcomes)
    rows = [
        Row(f"{half}: errors of {len(outcomes)} calls ({words} words), {name}", ours, ""),
        Row(f"{half}: errors of plain with VAD", plain, ""),
        Row(f"{half}: errors of plain without VAD", total(outcomes, PLAIN_WITHOUT_VAD), ""),
        Row(f"{half}: errors of the better of plain's two for each recording", better, ""),
        Row(f"{half}: errors, share of plain's with VAD", share(ours, plain), "", SHARE_OF_PLAIN),
        Row(f"{half}: errors, share of the better of plain's two", share(ours, better), "", SHARE_OF_BETTER),
    ]
    return rows + group_rows(half, outcomes, name) + worst_rows(half, outcomes, name)


def group_rows(half: str, outcomes: Sequence[Outcome], name: str) -> list[Row]:
    rows: list[Row] = []
    for group in sorted({outcome.group for outcome in outcomes}):
        here = [outcome for outcome in outcomes if outcome.group == group]
        ours, plain = total(here, name), total(here, PLAIN)
        figure = f"{half}, {group} ({len(here)}): {ours} errors, plain {plain}, share"
        rows.append(Row(figure, share(ours, plain), ""))
    return rows


def worst_rows(half: str, outcomes: Sequence[Outcome], name: str) -> list[Row]:
    """The recording of more than a hundred words with the highest share of plain's errors."""
    long = [outcome for outcome in outcomes if outcome.errors[name].words > MIN_WORDS]
    if not long:
        return []
    worst = max(long, key=lambda outcome: _share_of_plain(outcome, name))
    figure = f"{half}: worst recording of over {MIN_WORDS} words ({worst.recording.name}), share of plain's with VAD"
    return [Row(figure, _share_of_plain(worst, name), "", SHARE_OF_WORST)]


def repetition_rows(of: str, outcomes: Sequence[Outcome], name: str) -> list[Row]:
    """What stands twice and was said once, and words of no length."""
    return [
        Row(
            f"{of}: runs of four or more words that stand twice and were said once",
            sum(len(outcome.repeated_runs(name)) for outcome in outcomes),
            "",
            0,
        ),
        Row(
            f"{of}: runs of three or more words of no length",
            sum(len(outcome.timeless_runs(name)) for outcome in outcomes),
            "",
            0,
        ),
    ]


def processor_rows(half: str, outcomes: Sequence[Outcome], name: str, peers: Sequence[str]) -> list[Row]:
    """Processor seconds of a contestant beside those of peers that took part in the same run."""

    def spent(who: str) -> float:
        return sum(outcome.taken[who].processor_s for outcome in outcomes)

    return [
        Row(f"{half}: processor seconds of {name} / {peer}", share(spent(name), spent(peer)), "")
        for peer in peers
        if peer in outcomes[0].taken
    ]


def total(outcomes: Sequence[Outcome], name: str) -> int:
    return sum(outcome.errors[name].errors for outcome in outcomes)


def share(ours: float, theirs: float) -> float:
    """`ours` / `theirs`; 1 where neither has any."""
    if theirs:
        return ours / theirs
    return float("inf") if ours else 1.0


def _share_of_plain(outcome: Outcome, name: str) -> float:
    return share(outcome.errors[name].errors, outcome.errors[PLAIN].errors)


def by_half(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """The outcomes of each half that has any."""
    halves = sorted({outcome.half for outcome in outcomes})
    return [(half, [outcome for outcome in outcomes if outcome.half == half]) for half in halves]
