"""How well secrets were covered: figures from truth files, covered spans and words, all plain values.

A region is the time of one number in a truth; spans and words are in milliseconds from the start of the recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

SECRETS = {
    "PCI": frozenset({"pci.card", "pci.card_part", "pci.expiry", "pci.cvv"}),
    "SSN": frozenset({"ssn", "ssn.last4"}),
}
ORDINARY = frozenset(
    {"phone", "zip", "account_number", "order_number", "confirmation", "money", "percent", "date", "time", "dob"}
    | {"quantity", "address"}
)
_STRAY = 5
"""So many digits of a secret in a row are that secret wherever they stand."""
_STOPPED_MS = 3000
_TOUCHED = 0.1
"""An ordinary number is kept while no more than this share of its time is covered."""


@dataclass(frozen=True)
class Share:
    """A part of a whole, in whatever unit; shares are added up before they are divided."""

    part: float
    whole: float

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def percent(self) -> float:
        """100 where there is nothing at all."""
        return 100 * self.part / self.whole if self.whole else 100.0


NOTHING = Share(0, 0)


@dataclass(frozen=True)
class Region:
    """Where a number was said: on which channel, from when to when, of which type, and its digits in order."""

    type: str
    channel: int
    start_ms: int
    end_ms: int
    digits: str
    text: str = ""
    """As it was said."""

    def covered_ms(self, spans: Sequence[tuple[int, int]]) -> int:
        """How much of it lies in `spans`, which do not overlap."""
        return overlap_ms(self.start_ms, self.end_ms, spans)


def regions(truth: dict[str, Any], types: Iterable[str]) -> list[Region]:
    """The numbers of these types in a truth, in order of time."""
    wanted = frozenset(types)
    found = [
        Region(one["type"], one["channel"], one["s"], one["e"], digits, one.get("text", ""))
        for one in truth["sensitive"]
        for digits in [re.sub(r"\D", "", str(one.get("value", "")))]
        if one["type"] in wanted
    ]
    return sorted(found, key=lambda region: region.start_ms)


def overlap_ms(start_ms: int, end_ms: int, spans: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(end_ms, end) - max(start_ms, start)) for start, end in spans)


def secrets_covered(truth: dict[str, Any], types: Iterable[str], spans: Sequence[tuple[int, int]]) -> Share:
    """Milliseconds of the secrets that are covered."""
    found = regions(truth, types)
    return Share(
        sum(region.covered_ms(spans) for region in found), sum(region.end_ms - region.start_ms for region in found)
    )


def other_speech_covered(truth: dict[str, Any], types: Iterable[str], spans: Sequence[tuple[int, int]]) -> Share:
    """Milliseconds of the words that are no part of a secret and are covered all the same."""
    words = [(word["s"], word["e"]) for word in _other_words(truth, types)]
    return Share(sum(overlap_ms(s, e, spans) for s, e in words), sum(e - s for s, e in words))


def other_words(truth: dict[str, Any], types: Iterable[str]) -> frozenset[str]:
    """The words that are said, in lower case, where no secret is."""
    return frozenset(str(word["w"]).lower() for word in _other_words(truth, types))


def other_numbers(truth: dict[str, Any], types: Iterable[str]) -> frozenset[str]:
    """The digits of the numbers of a truth that are of none of these types, without cents that nobody said."""
    secret = frozenset(types)
    values = (str(one.get("value", "")) for one in truth["sensitive"] if one["type"] not in secret)
    return frozenset(re.sub(r"\D", "", value.removesuffix(".00")) for value in values) - {""}


def _other_words(truth: dict[str, Any], types: Iterable[str]) -> list[dict[str, Any]]:
    secret = [(region.channel, region.start_ms, region.end_ms) for region in regions(truth, types)]
    return [
        word
        for turn in truth["turns"]
        for word in turn.get("words", ())
        if not any(turn["channel"] == channel and word["s"] < e and s < word["e"] for channel, s, e in secret)
    ]


def ordinary_kept(truth: dict[str, Any], spans: Sequence[tuple[int, int]], types: Iterable[str] = ORDINARY) -> Share:
    """Ordinary numbers that can still be heard and read, of all there are."""
    found = regions(truth, types)
    kept = [region for region in found if region.covered_ms(spans) <= _TOUCHED * (region.end_ms - region.start_ms)]
    return Share(len(kept), len(found))


@dataclass(frozen=True)
class HeardDigit:
    """One digit of a result, with the time of the word that it was read from."""

    digit: str
    channel: int
    start_ms: int
    end_ms: int

    @property
    def middle_ms(self) -> float:
        return (self.start_ms + self.end_ms) / 2


def digits_left(secrets: Sequence[Region], heard: Sequence[HeardDigit]) -> int:
    """How many digits of the secrets a result still gives away.

    In the time of a secret every digit that fits its order counts; elsewhere `_STRAY` or more of them in a row.
    """
    left = 0
    for secret in secrets:
        here = [one for one in heard if one.channel == secret.channel and _within(one, secret)]
        stray = longest_run(secret.digits, _in_stretches([one for one in heard if one not in here]))
        left += longest_in_order(secret.digits, "".join(one.digit for one in here))
        left += stray if stray >= _STRAY and not _said_elsewhere(secret, secrets) else 0
    return left


def _within(digit: HeardDigit, region: Region) -> bool:
    return region.start_ms <= digit.middle_ms <= region.end_ms


def _in_stretches(heard: Sequence[HeardDigit]) -> str:
    """The digits in order of time by channel, a blank where somebody stopped for long."""
    text, before = "", None
    for one in sorted(heard, key=lambda one: (one.channel, one.start_ms)):
        goes_on = before and before.channel == one.channel and one.start_ms - before.end_ms <= _STOPPED_MS
        text += one.digit if goes_on else f" {one.digit}"
        before = one
    return text


def _said_elsewhere(secret: Region, secrets: Sequence[Region]) -> bool:
    """Whether another region holds the same digits: they are counted there."""
    return any(other is not secret and secret.digits in other.digits for other in secrets)


def longest_run(one: str, other: str) -> int:
    """The length of the longest stretch that both hold."""
    return max(
        (
            length
            for begin in range(len(one))
            for length in range(1, len(one) - begin + 1)
            if one[begin : begin + length] in other
        ),
        default=0,
    )


def longest_in_order(one: str, other: str) -> int:
    """The length of the longest sequence that both hold in the same order, with gaps."""
    row = [0] * (len(other) + 1)
    for mine in one:
        before = 0
        for index, theirs in enumerate(other, start=1):
            before, row[index] = row[index], before + 1 if mine == theirs else max(row[index], row[index - 1])
    return row[-1]
