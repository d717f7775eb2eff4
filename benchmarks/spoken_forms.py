"""The ways people say digits, in words: for card numbers, social security numbers, dates and codes of synthetic calls.

A form takes digits and a source of chance and gives text to be read aloud; a comma is a short pause.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Form = Callable[[str, random.Random], str]

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNOS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
DIECES = (
    *("diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve"),
)
VEINTES = (
    *("veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete"),
    *("veintiocho", "veintinueve"),
)
DECENAS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")


def digits_in_words(digits: str, zero: str = "zero") -> str:
    return " ".join(zero if digit == "0" else ONES[int(digit)] for digit in digits)


def below_hundred(number: int) -> str:
    if number < 10:
        return ONES[number]
    if number < 20:
        return TEENS[number - 10]
    return f"{TENS[number // 10]} {ONES[number % 10]}" if number % 10 else TENS[number // 10]


def pair(two: str, zero: str = "oh") -> str:
    """`11` as "eleven", `07` as "oh seven", `00` as "zero zero"."""
    return f"{zero} {ONES[int(two[1])]}" if two[0] == "0" else below_hundred(int(two))


def chunks(digits: str, sizes: Sequence[int]) -> list[str]:
    """Parts of the given sizes, the last size again and again until nothing is left."""
    parts: list[str] = []
    at = 0
    while at < len(digits):
        size = sizes[min(len(parts), len(sizes) - 1)]
        parts.append(digits[at : at + size])
        at += size
    return parts


def natural_sizes(digits: str) -> tuple[int, ...]:
    """4-4-4-4 for most cards, 4-6-5 for American Express, 3-2-4 for a social security number."""
    return {15: (4, 6, 5), 9: (3, 2, 4)}.get(len(digits), (4,))


def by_groups(digits: str, _: random.Random) -> str:
    return ", ".join(digits_in_words(part) for part in chunks(digits, natural_sizes(digits)))


def by_groups_with_oh(digits: str, _: random.Random) -> str:
    return ", ".join(digits_in_words(part, "oh") for part in chunks(digits, natural_sizes(digits)))


def one_by_one(digits: str, _: random.Random) -> str:
    return ", ".join(digits_in_words(digits).split())


def flowing(digits: str, _: random.Random) -> str:
    return digits_in_words(digits)


def uneven(digits: str, chance: random.Random) -> str:
    parts = chunks(digits, [chance.choice((2, 3, 3, 4, 5)) for _ in range(8)])
    return ", ".join(digits_in_words(part) for part in parts)


def doubled(digits: str, _: random.Random) -> str:
    """Neighbours that are alike as "double four", within the groups."""
    return ", ".join(" ".join(_with_double(part)) for part in chunks(digits, natural_sizes(digits)))


def _with_double(part: str) -> list[str]:
    words: list[str] = []
    at = 0
    while at < len(part):
        twice = at + 1 < len(part) and part[at] == part[at + 1]
        words += ["double", ONES[int(part[at])]] if twice else [ONES[int(part[at])]]
        at += 2 if twice else 1
    return words


def tripled(digits: str, _: random.Random) -> str:
    """Three alike as "triple one", two as "double one"."""
    groups = []
    for part in chunks(digits, natural_sizes(digits)):
        words, at = [], 0
        while at < len(part):
            same = next(run for run in (3, 2, 1) if part[at : at + run] == part[at] * run)
            words += [*({3: ["triple"], 2: ["double"]}.get(same, [])), ONES[int(part[at])]]
            at += same
        groups.append(" ".join(words))
    return ", ".join(groups)


def in_pairs(digits: str, _: random.Random) -> str:
    """As "forty one eleven, fifty one twenty two"; a group of odd length begins with its first digit."""
    groups = []
    for part in chunks(digits, natural_sizes(digits)):
        head = [ONES[int(part[0])]] if len(part) % 2 else []
        groups.append(" ".join([*head, *(pair(two) for two in chunks(part[len(part) % 2 :], (2,)))]))
    return ", ".join(groups)


def hundreds(digits: str, _: random.Random) -> str:
    """`4100` as "forty one hundred", other groups in pairs."""
    groups = []
    for part in chunks(digits, natural_sizes(digits)):
        if len(part) == 4 and part.endswith("00") and part[0] != "0":
            groups.append(f"{below_hundred(int(part[:2]))} hundred")
        else:
            groups.append(digits_in_words(part))
    return ", ".join(groups)


def corrected(digits: str, chance: random.Random) -> str:
    """A slip in one group that is said again: "five six one two, sorry, five six one three"."""
    groups = chunks(digits, natural_sizes(digits))
    at = chance.randrange(len(groups))
    slip = groups[at][:-1] + str((int(groups[at][-1]) + chance.randrange(1, 9)) % 10)
    word = chance.choice(("sorry", "no wait", "excuse me", "I mean"))
    said = [digits_in_words(part) for part in groups]
    said[at] = f"{digits_in_words(slip)}, {word}, {said[at]}"
    return ", ".join(said)


def hesitating(digits: str, chance: random.Random) -> str:
    said = [digits_in_words(part, chance.choice(("oh", "zero"))) for part in chunks(digits, natural_sizes(digits))]
    said.insert(chance.randrange(1, len(said)), chance.choice(("um", "uh", "let me see", "and then")))
    return ", ".join(said)


def restarted(digits: str, chance: random.Random) -> str:
    """Begun, and begun once more: "four one two two, let me start over, four one one two"."""
    begun = digits_in_words(chunks(digits, natural_sizes(digits))[0])
    again = chance.choice(("sorry, let me start over", "wait, that is the wrong one", "hold on, from the top"))
    return f"{begun}, {again}, {by_groups(digits, chance)}"


def closed_with_pairs(digits: str, _: random.Random) -> str:
    """Digits one by one, but the last group in pairs: "five one two two, sixty three ninety one"."""
    *groups, last = chunks(digits, natural_sizes(digits))
    head = [ONES[int(last[0])]] if len(last) % 2 else []
    said = " ".join([*head, *(pair(two) for two in chunks(last[len(last) % 2 :], (2,)))])
    return ", ".join([*(digits_in_words(part, "oh") for part in groups), said])


def dashed(digits: str, _: random.Random) -> str:
    return ", dash, ".join(digits_in_words(part) for part in chunks(digits, natural_sizes(digits)))


def flowing_with_oh(digits: str, _: random.Random) -> str:
    return digits_in_words(digits, "oh")


def cifras(digits: str, _: random.Random) -> str:
    return ", ".join(" ".join(UNOS[int(d)] for d in part) for part in chunks(digits, natural_sizes(digits)))


def pares(digits: str, _: random.Random) -> str:
    """In pairs, as is usual in Spanish: "cuarenta y uno, once"."""
    groups = []
    for part in chunks(digits, natural_sizes(digits)):
        head = [UNOS[int(part[0])]] if len(part) % 2 else []
        groups.append(" ".join([*head, *(par(two) for two in chunks(part[len(part) % 2 :], (2,)))]))
    return ", ".join(groups)


def par(two: str) -> str:
    if two[0] == "0":
        return f"cero {UNOS[int(two[1])]}"
    number = int(two)
    if number < 20:
        return DIECES[number - 10]
    if number < 30:
        return VEINTES[number - 20]
    tens = DECENAS[number // 10]
    return f"{tens} y {UNOS[number % 10]}" if number % 10 else tens
