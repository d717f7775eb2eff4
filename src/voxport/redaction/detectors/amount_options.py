"""How long the numbers are that are no secret, whatever was spoken of before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AmountOptions:
    """How long the numbers are that are no secret, whatever was spoken of before."""

    most_groups: int = 200
    """Groups of digits among which amounts are looked for, each beside the others: no number has as many."""
    least_no_sum: int = 10
    """Digits written as money that are no sum, cents included: a telephone number, `$2317589483`. A judgement."""
    least_card_digits: int = 13
    """From so many digits on nothing is an amount: recognisers write `4,111,111,111,111,111` for a card."""
    longest_count: int = 4
    """Digits of a count with its unit ("1200 dollars"); longer ones may be a stretch of a card. A judgement."""
    least_begun: int = 4
    """Digits of the first group of a card, behind which others are no telephone number however they are written."""
    short_secret: tuple[int, ...] = (3, 4)
    """Digits of a code or an expiry date that recognisers write as an amount, `$3.29` for "three twenty nine"."""
    beside_group: int = 1
    """Words beside such digits of a card number that is being given ("and $64.11"): a price has a sentence."""
    beside_short: int = 3
    """The same beside a code or a date that answers what was not understood: "I think it's $3.29"."""
    name_letters: int = 2
    """Letters in a word with digits that make it a name, as the order `HC55729`; one letter is often a slip."""
    name_figures: int = 12
    """Figures in a word with letters from which on it is no name: the shortest card has as many."""
    least_named_figures: int = 3
    """Figures behind what was asked for that are it in spite of a short word (`CVV-309`); `24-day` is a count."""
    slip_letters: int = 3
    """Letters of such a word."""
    street_within: int = 4
    """Words after a house number in which "street" comes ("86 North Oak Street"). A judgement."""
    email_digits: int = 11
    """Digits of an e-mail address at most, those of a telephone: a card of 16 is used "at amazon.com". A judgement."""
    house_digits: int = 5
    """Digits of the number of a house, in whatever groups they are said. By how they are given out."""
    named_house_digits: tuple[int, ...] = (4, 5)
    """Digits of one that stands right before a name; three may be a code, and a name is said behind it."""
    name_within_ms: int = 300
    """ms between both: a longer pause is where a turn ends. A judgement."""
    name_signs: int = 4
    """Letters of such a name. A judgement: shorter ones are heard for anything."""
